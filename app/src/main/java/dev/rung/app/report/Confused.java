package dev.rung.app.report;

import dev.rung.core.json.Json;
import java.util.List;

/**
 * What a candidate takes for what.
 *
 * @param split whose answers are counted; those quoted are of the tune split, never sealed ones
 * @param answered how many of them there are
 * @param pairs the most frequent first
 */
public record Confused(String split, int answered, List<ConfusedPair> pairs) {
    public Confused {
        pairs = List.copyOf(pairs);
    }

    Json.Obj toJson() {
        return Json.object(
                "split", Json.of(split),
                "answered", Json.of(answered),
                "pairs", Json.array(pairs.stream().map(ConfusedPair::toJson).toList()));
    }

    static Confused fromJson(Json.Obj json) {
        return new Confused(
                json.string("split"),
                Fields.integer(json, "answered"),
                Fields.objects(json, "pairs").stream()
                        .map(ConfusedPair::fromJson)
                        .toList());
    }
}
