package dev.rung.intake.audit;

import dev.rung.core.data.ExampleId;
import dev.rung.core.data.Split;
import dev.rung.core.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that the audit found.
 *
 * @param kind names the finding and its file, such as {@code label-errors}
 * @param count how many rows, or pairs, or labels it concerns
 * @param rows the rows to look at, the most telling first; cut after {@value #MOST_ROWS}
 */
public record Finding(String kind, Severity severity, long count, String sentence, List<Flag> rows) {
    /** How many rows a finding keeps. */
    static final int MOST_ROWS = 100_000;

    public Finding {
        rows = List.copyOf(rows.subList(0, Math.min(MOST_ROWS, rows.size())));
    }

    /**
     * A row to look at.
     *
     * @param label as the row has it, or empty
     * @param suggestion what it might be instead, or which other row it agrees or disagrees with; may be empty
     */
    public record Flag(ExampleId id, Split split, String label, String suggestion, String text) {
        Json.Obj toJson() {
            return Json.object(
                            "row", Json.of(id.toString()),
                            "split", Json.of(split.key()),
                            "label", Json.of(label),
                            "suggestion", Json.of(suggestion))
                    .with("text", Json.of(text));
        }
    }

    Json.Obj toJson(int shown) {
        List<Json> first = new ArrayList<>();
        rows.stream().limit(shown).forEach(flag -> first.add(flag.toJson()));
        return Json.object(
                        "kind", Json.of(kind),
                        "severity", Json.of(severity.name()),
                        "count", Json.of(count),
                        "sentence", Json.of(sentence))
                .with("rows", Json.array(first));
    }
}
