package dev.rung.ladder.prompt;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.core.task.OutputContract;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** An output contract inside a recipe, so that a release answers without its task folder. */
public final class ContractJson {
    private ContractJson() {}

    public static Json.Obj write(OutputContract contract) {
        return switch (contract) {
            case OutputContract.Labels labels ->
                Json.object(
                        "kind", Json.of("labels"),
                        "labels", Json.strings(labels.descriptions().keySet()),
                        "outOfScope", Json.ofNullable(labels.outOfScope()));
            case OutputContract.Fields(Json.Obj schema) -> Json.object("kind", Json.of("fields"), "schema", schema);
            case OutputContract.Text text -> Json.object("kind", Json.of("text"));
        };
    }

    public static OutputContract read(Json.Obj json) {
        return switch (json.string("kind")) {
            case "labels" -> labels(json);
            case "fields" -> new OutputContract.Fields(json.object("schema"));
            case "text" -> new OutputContract.Text();
            default ->
                throw new RungException.Corrupt("a recipe's contract has the unknown kind " + json.string("kind"));
        };
    }

    private static OutputContract.Labels labels(Json.Obj json) {
        SequencedMap<String, String> names = new LinkedHashMap<>();
        for (Json label : json.array("labels")) {
            if (label instanceof Json.Str(String name)) {
                names.put(name, "");
            }
        }
        return new OutputContract.Labels(
                names, json.get("outOfScope") instanceof Json.Str(String label) ? label : null);
    }
}
