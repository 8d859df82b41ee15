package dev.rung.intake.taskfile;

import dev.rung.core.rung.ReleaseId;
import dev.rung.json.Yaml;
import dev.rung.json.spec.Keys;
import dev.rung.json.spec.Located;
import dev.rung.json.spec.Problems;
import dev.rung.json.spec.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Reads what a task asks of a release beside its bar: {@code bar.not_worse_than_incumbent:}, {@code incumbent:} and {@code waivers:}. */
final class RulesReader {
    /** The key under {@code bar:}. */
    static final String NOT_WORSE = "not_worse_than_incumbent";

    static final String INCUMBENT = "incumbent";
    static final String WAIVERS = "waivers";
    private static final String REGRESSIONS = "regressions";

    private final Problems problems;

    RulesReader(Problems problems) {
        this.problems = problems;
    }

    ReleaseRules read(Keys top) {
        Double margin = top.get("bar") instanceof Yaml.Mapping bar ? margin(bar.get(NOT_WORSE)) : null;
        Yaml node = top.get(INCUMBENT);
        ReleaseId incumbent = node == null ? null : release(node);
        if (node != null && incumbent != null && margin == null) {
            problems.add(
                    node.place(),
                    "an incumbent",
                    "how much worse than it a release may be",
                    "Add under bar:, for example: " + NOT_WORSE + ": 0.02");
        }
        Yaml waivers = top.get(WAIVERS);
        return new ReleaseRules(incumbent, margin, waivers == null ? new LinkedHashMap<>() : waivers(waivers));
    }

    private @Nullable Double margin(@Nullable Yaml node) {
        Double margin = node == null ? null : Values.rate(node, problems);
        if (node != null && margin != null && (margin <= 0 || margin >= 1)) {
            problems.add(
                    node.place(),
                    node.describe(),
                    "a loss above 0 and below 1 that would not be accepted",
                    "No finite number of examples proves that nothing is lost. Write, for example: 0.02");
            return null;
        }
        return margin;
    }

    private @Nullable ReleaseId release(Yaml node) {
        Located<String> name = Values.text(node, "a release's name", "support-routing-3", problems);
        if (name == null) {
            return null;
        }
        try {
            return new ReleaseId(name.value());
        } catch (IllegalArgumentException e) {
            problems.add(
                    node.place(),
                    "the release \"" + name.value() + "\"",
                    "a task and a number",
                    "Write, for example: support-routing-3; rung releases lists them");
            return null;
        }
    }

    private SequencedMap<String, String> waivers(Yaml node) {
        SequencedMap<String, String> waived = new LinkedHashMap<>();
        Keys keys = Keys.of(node, List.of(REGRESSIONS, Waivers.CONTAMINATION), problems);
        Yaml regressions = keys == null ? null : keys.get(REGRESSIONS);
        if (regressions == null) {
            return waived;
        }
        if (!(regressions instanceof Yaml.Mapping sets)) {
            problems.add(
                    regressions.place(),
                    regressions.describe(),
                    "a map of regression sets to reasons",
                    "Write, for example: regressions: { late parcels: \"the courier changed\" }");
            return waived;
        }
        sets.entries().forEach((name, entry) -> {
            Located<String> reason =
                    Values.text(entry.value(), "the reason, in words", "the courier changed", problems);
            if (reason != null) {
                waived.put(name, reason.value());
            }
        });
        return waived;
    }
}
