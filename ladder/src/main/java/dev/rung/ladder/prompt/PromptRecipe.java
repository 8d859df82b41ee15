package dev.rung.ladder.prompt;

import dev.rung.core.json.Json;
import dev.rung.core.model.ModelId;
import java.util.ArrayList;
import java.util.List;

/**
 * A prompt solution's recipe.
 *
 * @param fingerprint of the model that it was tried with
 * @param maxTokens the most tokens of an answer that is not a label
 */
record PromptRecipe(
        ModelId model, String fingerprint, Instruction instruction, List<Demonstration> demonstrations, int maxTokens) {
    PromptRecipe {
        demonstrations = List.copyOf(demonstrations);
    }

    Json.Obj toJson() {
        List<Json> shown = new ArrayList<>();
        demonstrations.forEach(demonstration -> shown.add(demonstration.toJson()));
        return Json.object(
                        "model", Json.of(model.value()),
                        "fingerprint", Json.of(fingerprint),
                        "instruction", instruction.toJson(),
                        "demonstrations", Json.array(shown))
                .with("maxTokens", Json.of(maxTokens));
    }

    static PromptRecipe fromJson(Json.Obj json) {
        List<Demonstration> shown = new ArrayList<>();
        for (Json item : json.array("demonstrations")) {
            if (item instanceof Json.Obj demonstration) {
                shown.add(Demonstration.fromJson(demonstration));
            }
        }
        return new PromptRecipe(
                new ModelId(json.string("model")),
                json.string("fingerprint"),
                Instruction.fromJson(json.object("instruction")),
                shown,
                json.number("maxTokens").intValueExact());
    }
}
