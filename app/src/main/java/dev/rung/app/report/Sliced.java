package dev.rung.app.report;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.SliceTable;
import dev.rung.core.json.Json;
import dev.rung.core.task.Slice;
import java.util.List;

/**
 * A candidate's headline metric on every slice of the examples that is large enough.
 *
 * @param overall on all examples
 * @param rows the worst first; their intervals hold all at once
 * @param small how many slices are too small to be judged
 * @param sentence what it says of the worst slice
 */
public record Sliced(Estimate overall, List<Row> rows, int small, String sentence) {
    public Sliced {
        rows = List.copyOf(rows);
    }

    /**
     * A slice's figure.
     *
     * @param worse whether it is provably below the figure of all
     */
    public record Row(Slice slice, Estimate estimate, boolean worse) {}

    static Sliced of(SliceTable table) {
        return new Sliced(
                table.overall(),
                table.rows().stream()
                        .map(row -> new Row(row.slice(), row.estimate(), row.worse()))
                        .toList(),
                table.small(),
                table.sentence());
    }

    Json.Obj toJson() {
        return Json.object(
                "overall",
                overall.toJson(),
                "rows",
                Json.array(rows.stream()
                        .map(row -> Json.object(
                                        "facet",
                                        Json.of(row.slice().facet()),
                                        "value",
                                        Json.of(row.slice().value()))
                                .with("estimate", row.estimate().toJson())
                                .with("worse", Json.of(row.worse())))
                        .toList()),
                "too_small",
                Json.of(small),
                "worst",
                Json.of(sentence));
    }

    static Sliced fromJson(Json.Obj json) {
        return new Sliced(
                Estimate.fromJson(json.object("overall")),
                Fields.objects(json, "rows").stream()
                        .map(row -> new Row(
                                new Slice(row.string("facet"), row.string("value")),
                                Estimate.fromJson(row.object("estimate")),
                                row.require("worse").equals(Json.of(true))))
                        .toList(),
                Fields.integer(json, "too_small"),
                json.string("worst"));
    }
}
