package dev.rung.gateway.models;

import dev.rung.core.json.Json;
import java.util.Collection;

/** Models as OpenAI lists them: all at once. */
final class OpenAiModels {
    private OpenAiModels() {}

    static Json.Obj list(Collection<Listed> models) {
        return Json.object(
                "object",
                Json.of("list"),
                "data",
                Json.array(models.stream().map(OpenAiModels::one).toList()));
    }

    static Json.Obj one(Listed model) {
        return Json.object(
                "id", Json.of(model.name()),
                "object", Json.of("model"),
                "created", Json.of(model.created().getEpochSecond()),
                "owned_by", Json.of("rung"));
    }
}
