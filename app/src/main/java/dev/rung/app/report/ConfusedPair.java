package dev.rung.app.report;

import dev.rung.core.json.Json;
import java.util.List;

/**
 * One label that was taken for another.
 *
 * @param expected examples of the expected label that were answered
 * @param inputs some of the inputs, with where they stand
 */
public record ConfusedPair(String label, String answered, int count, int expected, List<Case> inputs) {
    public ConfusedPair {
        inputs = List.copyOf(inputs);
    }

    /** An input and where it stands. */
    public record Case(String place, String input) {}

    Json.Obj toJson() {
        return Json.object("label", Json.of(label), "answered", Json.of(answered), "count", Json.of(count))
                .with("expected", Json.of(expected))
                .with(
                        "inputs",
                        Json.array(inputs.stream()
                                .map(one -> Json.object("place", Json.of(one.place()), "input", Json.of(one.input())))
                                .toList()));
    }

    static ConfusedPair fromJson(Json.Obj json) {
        return new ConfusedPair(
                json.string("label"),
                json.string("answered"),
                Fields.integer(json, "count"),
                Fields.integer(json, "expected"),
                Fields.objects(json, "inputs").stream()
                        .map(one -> new Case(one.string("place"), one.string("input")))
                        .toList());
    }
}
