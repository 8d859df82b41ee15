package dev.rung.gateway.openai;

import dev.rung.core.json.Json;
import dev.rung.core.rung.Release;
import dev.rung.gateway.http.Call;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.http.Reply;
import dev.rung.gateway.route.Releases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Lists the tasks that are served and the models that are relayed, as OpenAI lists models. */
public final class ModelEndpoints {
    private final Releases releases;
    private final Supplier<Set<String>> relayed;

    /** @param relayed the names of the models that are relayed just now */
    public ModelEndpoints(Releases releases, Supplier<Set<String>> relayed) {
        this.releases = releases;
        this.relayed = relayed;
    }

    /** Answers {@code GET /v1/models}. */
    public Reply list(Call call) {
        List<Json> models = new ArrayList<>();
        SequencedMap<String, Release> promoted = releases.promoted();
        promoted.forEach((name, release) -> models.add(model(name, release.created())));
        for (String name : relayed.get()) {
            if (!promoted.containsKey(name)) {
                models.add(model(name, Instant.EPOCH));
            }
        }
        return Reply.Whole.ok(Json.object("object", Json.of("list"), "data", Json.array(models))
                .compact());
    }

    /** Answers {@code GET /v1/models/NAME}. */
    public Reply one(Call call) {
        Release release = releases.promoted().get(call.rest());
        if (release == null && !relayed.get().contains(call.rest())) {
            throw unknown(call.rest(), all());
        }
        return Reply.Whole.ok(model(call.rest(), release == null ? Instant.EPOCH : release.created())
                .compact());
    }

    /** Returns the 404 for a model that is not served, with the names of those that are. */
    public static Refused unknown(String model, Set<String> served) {
        String there = served.isEmpty()
                ? "Nothing is served yet: climb a task and promote its release, or name models in gateway.yaml."
                : "Served are: " + String.join(", ", served) + ".";
        return new Refused(new Refusal(
                404,
                "model_not_found",
                "The model %s is not served here. %s".formatted(Wire.brief(Json.of(model)), there),
                "model",
                Map.of()));
    }

    /** Returns the names of everything that answers. */
    private SortedSet<String> all() {
        SortedSet<String> all = new TreeSet<>(releases.models());
        all.addAll(relayed.get());
        return all;
    }

    private static Json.Obj model(String name, Instant created) {
        return Json.object(
                "id", Json.of(name),
                "object", Json.of("model"),
                "created", Json.of(created.getEpochSecond()),
                "owned_by", Json.of("rung"));
    }
}
