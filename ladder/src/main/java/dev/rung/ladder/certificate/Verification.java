package dev.rung.ladder.certificate;

import dev.rung.core.json.Json;
import java.util.List;

/** What a verifier found: every check that it made, in order. */
public record Verification(List<Check> checks) {
    public Verification {
        checks = List.copyOf(checks);
    }

    /**
     * One check.
     *
     * @param name what was checked, such as {@code outcomes/03-distil.jsonl}
     * @param detail what was found; for a failed check, what differs
     */
    public record Check(String name, boolean ok, String detail) {}

    /** Tells whether every check holds. */
    public boolean ok() {
        return checks.stream().allMatch(Check::ok);
    }

    /** Returns the checks that do not hold. */
    public List<Check> failures() {
        return checks.stream().filter(check -> !check.ok()).toList();
    }

    /** Returns the checks as JSON. */
    public Json.Obj toJson() {
        return Json.object(
                "ok",
                Json.of(ok()),
                "checks",
                Json.array(checks.stream()
                        .map(check -> Json.object(
                                "name", Json.of(check.name()),
                                "ok", Json.of(check.ok()),
                                "detail", Json.of(check.detail())))
                        .toList()));
    }
}
