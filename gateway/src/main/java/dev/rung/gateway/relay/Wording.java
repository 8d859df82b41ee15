package dev.rung.gateway.relay;

import dev.rung.core.json.Json;
import dev.rung.gateway.http.Call;
import dev.rung.gateway.policy.Dialect;
import dev.rung.wire.Codecs;
import dev.rung.wire.TokenCount;
import dev.rung.wire.form.Asked;
import dev.rung.wire.form.Codec;
import dev.rung.wire.form.Conversation;
import dev.rung.wire.form.Embedding;
import dev.rung.wire.form.Target;
import dev.rung.wire.form.Written;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request in the words of another dialect, and how a whole reply to it is put into the caller's.
 *
 * @param verb what the request asks of the upstream
 * @param reply makes the caller's reply of the upstream's; throws {@link dev.rung.wire.form.Malformed}
 * @param asked what shows in a stream; null for what has none
 */
record Wording(
        Verb verb,
        Written request,
        Function<Json.Obj, Written> reply,
        @Nullable Asked asked) {
    /** Returns which of the upstream's dialects has what the caller asks for, and is not the caller's; null for none. */
    static @Nullable Dialect target(Verb verb, List<Dialect> upstream) {
        return upstream.stream()
                .filter(one -> switch (verb.operation()) {
                    case GENERATE -> true;
                    case EMBED -> one == Dialect.OPENAI || one == Dialect.GEMINI;
                    case COUNT_TOKENS -> one != Dialect.OPENAI;
                })
                .findFirst()
                .orElse(null);
    }

    /** Returns the readers and writers of a dialect. */
    static Codec codec(Dialect dialect) {
        return Codecs.of(named(dialect));
    }

    private static dev.rung.wire.form.Dialect named(Dialect dialect) {
        return switch (dialect) {
            case OPENAI -> dev.rung.wire.form.Dialect.OPENAI;
            case RESPONSES -> dev.rung.wire.form.Dialect.RESPONSES;
            case ANTHROPIC -> dev.rung.wire.form.Dialect.ANTHROPIC;
            case GEMINI -> dev.rung.wire.form.Dialect.GEMINI;
        };
    }

    /** Puts {@code body}, and {@code inPath}, the model where the path names it, into the words of {@code to}, whose server calls the model {@code model}; throws {@link dev.rung.wire.form.Malformed}. */
    static Wording of(Call call, Inbound inbound, Json.Obj body, @Nullable String inPath, Dialect to, String model) {
        Dialect from = inbound.verb().dialect();
        return switch (inbound.verb().operation()) {
            case GENERATE -> text(call, inbound, codec(from).read(body, inPath, inbound.streamed()), to, model);
            case EMBED -> vectors(embeddings(from).read(body, inPath), from, to, model);
            case COUNT_TOKENS -> count(TokenCount.read(named(from), body, inPath), from, to, model);
        };
    }

    private static Wording text(Call call, Inbound inbound, Conversation conversation, Dialect to, String model) {
        Verb verb = switch (to) {
            case OPENAI -> Verb.CHAT;
            case RESPONSES -> Verb.RESPONSES;
            case ANTHROPIC -> Verb.MESSAGES;
            case GEMINI -> inbound.streamed() ? Verb.GEMINI_STREAM : Verb.GEMINI_GENERATE;
        };
        Codec callers = codec(inbound.verb().dialect());
        Codec theirs = codec(to);
        Asked asked = Asked.of(conversation, call.arrival().received().getEpochSecond());
        return new Wording(
                verb,
                theirs.write(conversation, Target.of(model)),
                reply -> callers.writeReply(theirs.readReply(reply), asked),
                asked);
    }

    private static Wording vectors(Embedding.Request request, Dialect from, Dialect to, String model) {
        Verb verb = switch (to) {
            case OPENAI, RESPONSES, ANTHROPIC -> Verb.EMBEDDINGS;
            case GEMINI -> request.many() ? Verb.GEMINI_EMBED_BATCH : Verb.GEMINI_EMBED;
        };
        Embedding.Codec callers = embeddings(from);
        Embedding.Codec theirs = embeddings(to);
        return new Wording(
                verb,
                theirs.write(request, model),
                reply -> new Written(callers.writeReply(theirs.readReply(reply), request), List.of()),
                null);
    }

    private static Embedding.Codec embeddings(Dialect dialect) {
        return Codecs.embeddings(named(dialect)).orElseThrow(() -> none(dialect, "embeddings"));
    }

    private static Wording count(Conversation conversation, Dialect from, Dialect to, String model) {
        Verb verb = switch (to) {
            case OPENAI, RESPONSES -> Verb.RESPONSES_COUNT;
            case ANTHROPIC -> Verb.MESSAGES_COUNT;
            case GEMINI -> Verb.GEMINI_COUNT;
        };
        return new Wording(
                verb,
                TokenCount.write(named(to), conversation, Target.of(model))
                        .orElseThrow(() -> none(to, "count of tokens")),
                reply -> new Written(
                        TokenCount.writeReply(named(from), TokenCount.readReply(named(to), reply)), List.of()),
                null);
    }

    private static IllegalStateException none(Dialect dialect, String what) {
        return new IllegalStateException(dialect + " has no " + what);
    }
}
