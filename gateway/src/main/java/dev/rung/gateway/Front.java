package dev.rung.gateway;

import dev.rung.gateway.http.Call;
import dev.rung.gateway.http.Endpoint;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.http.Reply;
import dev.rung.gateway.http.Route;
import dev.rung.gateway.models.ModelEndpoints;
import dev.rung.gateway.relay.Relay;
import dev.rung.gateway.relay.TaskTranslation;
import dev.rung.gateway.relay.Verb;
import dev.rung.gateway.route.Releases;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides who answers a call: the promoted release of the task that it names, or else the upstreams of the model that it names.
 *
 * <p>A task may have the name of a configured model: the model answers until a release of the task is promoted, and again when it is withdrawn, and callers change
 * nothing. Thread-safe.
 */
final class Front {
    private static final Map<String, Verb> GEMINI = Map.of(
            "generateContent", Verb.GEMINI_GENERATE,
            "streamGenerateContent", Verb.GEMINI_STREAM,
            "countTokens", Verb.GEMINI_COUNT,
            "embedContent", Verb.GEMINI_EMBED,
            "batchEmbedContents", Verb.GEMINI_EMBED_BATCH);

    private final Releases releases;
    private final Endpoint chat;
    private final @Nullable Relay relay;

    Front(Releases releases, Endpoint chat, @Nullable Relay relay) {
        this.releases = releases;
        this.chat = chat;
        this.relay = relay;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/chat/completions", this::chat),
                Route.post("/v1/embeddings", call -> relayed(call, Verb.EMBEDDINGS)),
                Route.post("/v1/responses", call -> relayed(call, Verb.RESPONSES)),
                Route.post("/v1/responses/input_tokens", call -> relayed(call, Verb.RESPONSES_COUNT)),
                Route.post("/v1/messages", call -> relayed(call, Verb.MESSAGES)),
                Route.post("/v1/messages/count_tokens", call -> relayed(call, Verb.MESSAGES_COUNT)),
                Route.post("/v1beta/models/", this::gemini),
                // Newer clients of Google's ask under this version, where OpenAI's look models up.
                Route.post("/v1/models/", this::gemini));
    }

    /** Returns the names of the models that are relayed just now. */
    Set<String> relayed() {
        return relay == null ? Set.of() : relay.plan().models().keySet();
    }

    private Reply chat(Call call) {
        Relay to = relay;
        Relay.Asked asked = to == null ? null : readable(call);
        if (to == null || asked == null || releases.serves(asked.model())) {
            return chat.answer(call);
        }
        Reply reply = to.answer(call, asked);
        if (reply == null) {
            throw unknown(asked.model());
        }
        return reply;
    }

    /** Returns the request; null when it is not well formed, which the chat endpoint, which parses it, says more exactly. */
    private static Relay.@Nullable Asked readable(Call call) {
        try {
            return Relay.read(call, Verb.CHAT);
        } catch (Refused e) {
            if (e.refusal().code().equals("duplicate_parameter")) {
                throw e;
            }
            return null;
        }
    }

    private Reply relayed(Call call, Verb verb) {
        return relayed(call, Relay.read(call, verb));
    }

    private Reply gemini(Call call) {
        int colon = call.rest().lastIndexOf(':');
        Verb verb = colon < 0 ? null : GEMINI.get(call.rest().substring(colon + 1));
        if (verb == null) {
            throw new Refused(Refusal.of(
                    404,
                    "unknown_path",
                    "Found %s, expected a model and one of %s after a colon."
                            .formatted(call.rest(), new TreeSet<>(GEMINI.keySet()))));
        }
        Reply reply = relayed(call, Relay.read(call, verb, decoded(call.rest().substring(0, colon))));
        boolean events = List.of(call.query().split("&")).contains("alt=sse");
        return verb == Verb.GEMINI_STREAM && !events ? ArrayStream.of(reply) : reply;
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refused.field("model", "invalid_value", "The name in the path is not escaped as a URL asks.");
        }
    }

    private Reply relayed(Call call, Relay.Asked asked) {
        if (releases.serves(asked.model())) {
            if (TaskTranslation.takes(asked)) {
                return TaskTranslation.answer(call, asked, chat);
            }
            throw Refused.field(
                    "model",
                    "unsupported_value",
                    "A release answers for %s, which has text to give and nothing else.".formatted(asked.model()));
        }
        Reply reply = relay == null ? null : relay.answer(call, asked);
        if (reply == null) {
            throw unknown(asked.model());
        }
        return reply;
    }

    private Refused unknown(String model) {
        SortedSet<String> all = new TreeSet<>(releases.models());
        all.addAll(relayed());
        return ModelEndpoints.unknown(model, all);
    }
}
