package dev.rung.gateway.relay;

import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.scan.MalformedJson;
import dev.rung.gateway.scan.Members;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Understands as much of one upstream's stream as the relay must: where content begins, where it ends, whether it failed, what it used. Not thread-safe.
 *
 * <p>Events of a type that is not known are taken for content and passed on.
 */
abstract sealed class StreamReader permits ChatStream, ResponsesStream, AnthropicStream, GeminiStream {
    /** What an event is. */
    enum Mark {
        /** Says nothing yet: the head of the reply is held back. */
        PREAMBLE,
        CONTENT,
        /** Only says what was used. */
        USAGE,
        /** The last one. */
        LAST,
        /** Reports that the upstream failed. */
        ERROR
    }

    private static final String USUAL_TIER = "\"default\"";

    private final List<String> usage = new ArrayList<>(2);
    private @Nullable String model;
    private @Nullable String id;
    private long events;
    private boolean complete;

    static StreamReader of(Verb verb) {
        return switch (verb.dialect()) {
            case OPENAI -> new ChatStream();
            case RESPONSES -> new ResponsesStream();
            case ANTHROPIC -> new AnthropicStream();
            case GEMINI -> new GeminiStream();
        };
    }

    /** Returns what the event is; data that is no JSON object is a {@link MalformedJson}, as far as it is looked at: its ends always are. */
    final Mark mark(EventView event) {
        if (!event.hasData()) {
            return Mark.PREAMBLE;
        }
        if (!event.isObject() && !event.dataBegins("[DONE]")) {
            throw new MalformedJson(0, "the data of an event is no object");
        }
        Mark mark = marked(event);
        switch (mark) {
            case CONTENT -> events++;
            case LAST -> complete = true;
            case PREAMBLE, USAGE, ERROR -> {}
        }
        return mark;
    }

    abstract Mark marked(EventView event);

    /** Tells whether the answer is whole, so that the stream may end now. */
    boolean isComplete() {
        return complete;
    }

    /** Returns the status that the error event stands for. */
    abstract int status(EventView error);

    /** Returns the body of a reply that reports the error of the event. */
    byte[] body(EventView error) {
        return error.data();
    }

    /** Returns the id of the response, where the dialect lets a later request refer to it; or null. */
    @Nullable
    String id() {
        return id;
    }

    /** Returns what was used, and at which tier, which OpenAI tells beside it; {@code tier} is a JSON text. Both may be null. */
    static List<String> records(@Nullable String usage, @Nullable String tier) {
        if (usage == null) {
            return List.of();
        }
        boolean usual = tier == null || tier.equals(USUAL_TIER); // which goes without saying, and most replies say
        return usual ? List.of(usage) : List.of(usage, "{\"service_tier\":" + tier + "}");
    }

    /** Keeps a usage record and the tier in place of those before. */
    void setUsage(String json, @Nullable String tier) {
        usage.clear();
        usage.addAll(records(json, tier));
    }

    Settlement.Use.Reported used(long bytes) {
        return new Settlement.Use.Reported(model, usage, events, bytes);
    }

    /** Keeps a usage record beside those before. */
    void addUsage(String json) {
        usage.add(json);
    }

    void model(Members member) {
        if (model == null && member.kind() == '"') {
            model = member.text();
        }
    }

    void id(Members member) {
        if (id == null && member.kind() == '"') {
            id = member.text();
        }
    }
}
