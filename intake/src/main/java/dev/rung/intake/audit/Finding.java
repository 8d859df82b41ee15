package dev.rung.intake.audit;

import dev.rung.core.data.ExampleId;
import dev.rung.core.data.Split;
import dev.rung.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that the audit found.
 *
 * @param kind names the finding and its file, such as {@code label-errors}
 * @param count how many rows, or pairs, or labels it concerns
 * @param rows the rows to look at, the most telling first; cut after {@value #MOST_ROWS}
 */
public record Finding(String kind, Severity severity, long count, String sentence, List<Flag> rows) {
    /** How many rows a finding keeps. */
    static final int MOST_ROWS = 20_000;

    public Finding {
        rows = List.copyOf(rows.subList(0, Math.min(MOST_ROWS, rows.size())));
    }

    /**
     * A row to look at.
     *
     * @param split null for a row that cannot be used, and so is in none
     * @param label as the row has it, or empty
     * @param suggestion what it might be instead, or which other row it agrees or disagrees with; may be empty
     */
    public record Flag(ExampleId id, @Nullable Split split, String label, String suggestion, String text) {
        /** Returns the split's name, empty where the row is in none. */
        String splitKey() {
            return split == null ? "" : split.key();
        }

        Json.Obj toJson() {
            return Json.object(
                            "row", Json.of(id.toString()),
                            "split", Json.of(splitKey()),
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
