package dev.rung.gateway.openai;

import dev.rung.core.json.Json;
import dev.rung.core.rung.Release;
import dev.rung.gateway.http.Call;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.http.Reply;
import dev.rung.gateway.route.Releases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists the tasks that are served, as OpenAI lists models. */
public final class ModelEndpoints {
    private final Releases releases;

    public ModelEndpoints(Releases releases) {
        this.releases = releases;
    }

    /** Answers {@code GET /v1/models}. */
    public Reply list(Call call) {
        List<Json> models = new ArrayList<>();
        releases.promoted().forEach((name, release) -> models.add(model(name, release)));
        return Reply.Whole.ok(Json.object("object", Json.of("list"), "data", Json.array(models))
                .compact());
    }

    /** Answers {@code GET /v1/models/NAME}. */
    public Reply one(Call call) {
        Release release = releases.promoted().get(call.rest());
        if (release == null) {
            throw unknown(call.rest(), releases.models());
        }
        return Reply.Whole.ok(model(call.rest(), release).compact());
    }

    /** Returns the 404 for a model that is not served, with the names of those that are. */
    static Refused unknown(String model, Set<String> served) {
        String there = served.isEmpty()
                ? "No task is served yet: climb one and promote its release."
                : "Served are: " + String.join(", ", served) + ".";
        return new Refused(new Refusal(
                404,
                "model_not_found",
                "The model %s is not served here. %s".formatted(Wire.brief(Json.of(model)), there),
                "model",
                Map.of()));
    }

    private static Json.Obj model(String name, Release release) {
        return Json.object(
                "id", Json.of(name),
                "object", Json.of("model"),
                "created", Json.of(release.created().getEpochSecond()),
                "owned_by", Json.of("rung"));
    }
}
