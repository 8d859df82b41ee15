package dev.rung.ladder.judge;

import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelId;

/**
 * Which judge it is; another value of any part is another judge, to be measured anew.
 *
 * @param fingerprint of the model: its weights' hash, or server and name
 * @param prompt the hash of the rubric and all else that the judge is told
 */
public record JudgeIdentity(ModelId model, String fingerprint, Sha256 prompt) {
    /** Returns the identity as JSON; {@link #fromJson} reads it back. */
    public Json.Obj toJson() {
        return Json.object(
                "model", Json.of(model.value()),
                "fingerprint", Json.of(fingerprint),
                "prompt", Json.of(prompt.hex()));
    }

    /** Returns a hash of all parts. */
    public Sha256 hash() {
        return Sha256.of(toJson().canonical());
    }

    public static JudgeIdentity fromJson(Json.Obj json) {
        return new JudgeIdentity(
                new ModelId(json.string("model")), json.string("fingerprint"), new Sha256(json.string("prompt")));
    }
}
