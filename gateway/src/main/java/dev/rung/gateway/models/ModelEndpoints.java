package dev.rung.gateway.models;

import dev.rung.core.json.Json;
import dev.rung.gateway.errors.CallerDialect;
import dev.rung.gateway.http.Call;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.http.Reply;
import dev.rung.gateway.http.Route;
import dev.rung.gateway.policy.Dialect;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Tells what there is to ask, in the form that the vendor of the caller's client has for it; thread-safe. */
public final class ModelEndpoints {
    private static final int BRIEF = 60;

    private final ModelList models;

    public ModelEndpoints(ModelList models) {
        this.models = models;
    }

    /** Returns the routes of the lists, and of their models. */
    public List<Route> routes() {
        return List.of(
                Route.get("/v1/models", this::list),
                Route.getBelow("/v1/models/", this::one),
                Route.get("/v1beta/models", this::list),
                Route.getBelow("/v1beta/models/", this::one));
    }

    private Reply list(Call call) {
        Collection<Listed> all = models.all().values();
        Query query = Query.of(call.query());
        return ok(
                switch (dialect(call)) {
                    case OPENAI, RESPONSES -> OpenAiModels.list(all);
                    case ANTHROPIC -> AnthropicModels.list(all, query);
                    case GEMINI -> GeminiModels.list(all, query);
                });
    }

    private Reply one(Call call) {
        String name = decoded(call.rest());
        SequencedMap<String, Listed> all = models.all();
        Listed model = all.get(name);
        if (model == null) {
            throw unknown(name, all.keySet());
        }
        return ok(
                switch (dialect(call)) {
                    case OPENAI, RESPONSES -> OpenAiModels.one(model);
                    case ANTHROPIC -> AnthropicModels.one(model);
                    case GEMINI -> GeminiModels.one(model);
                });
    }

    private static Dialect dialect(Call call) {
        return CallerDialect.of(call.arrival().path(), call.query(), call.headers());
    }

    private static Reply ok(Json.Obj body) {
        return Reply.Whole.ok(body.compact());
    }

    private static String decoded(String rest) {
        try {
            return URLDecoder.decode(rest.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refused.field("model", "invalid_value", "The name in the path is not escaped as a URL asks.");
        }
    }

    /** Returns the 404 for a model that is not served, with the names of those that are. */
    public static Refused unknown(String model, Collection<String> served) {
        String there = served.isEmpty()
                ? "Nothing is served yet: climb a task and promote its release, or name models in gateway.yaml."
                : "Served are: " + String.join(", ", served) + ".";
        String asked = Json.of(model).compact();
        String brief = asked.length() <= BRIEF ? asked : asked.substring(0, BRIEF) + "…";
        return new Refused(new Refusal(
                404,
                "model_not_found",
                "The model %s is not served here. %s".formatted(brief, there),
                "model",
                Map.of()));
    }
}
