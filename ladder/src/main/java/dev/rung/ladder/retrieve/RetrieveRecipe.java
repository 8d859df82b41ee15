package dev.rung.ladder.retrieve;

import dev.rung.core.json.Json;
import dev.rung.core.model.ModelId;
import dev.rung.ladder.prompt.Instruction;

/**
 * A retrieve solution's recipe.
 *
 * @param fingerprint of the model that it was tried with
 * @param encoder the fingerprint of the encoder, or empty where words alone decide
 * @param count how many examples are shown
 * @param weight of meaning against words, from 0 to 1
 * @param maxTokens the most tokens of an answer that is not a label
 */
record RetrieveRecipe(
        ModelId model,
        String fingerprint,
        String encoder,
        Instruction instruction,
        int count,
        double weight,
        int maxTokens) {
    Json.Obj toJson() {
        return Json.object(
                        "model", Json.of(model.value()),
                        "fingerprint", Json.of(fingerprint),
                        "encoder", Json.of(encoder),
                        "instruction", instruction.toJson())
                .with("count", Json.of(count))
                .with("weight", Json.of(weight))
                .with("maxTokens", Json.of(maxTokens));
    }

    static RetrieveRecipe fromJson(Json.Obj json) {
        return new RetrieveRecipe(
                new ModelId(json.string("model")),
                json.string("fingerprint"),
                json.string("encoder"),
                Instruction.fromJson(json.object("instruction")),
                json.number("count").intValueExact(),
                json.number("weight").doubleValue(),
                json.number("maxTokens").intValueExact());
    }
}
