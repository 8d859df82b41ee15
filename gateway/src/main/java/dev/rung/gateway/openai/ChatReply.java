package dev.rung.gateway.openai;

import static java.util.Map.entry;

import dev.rung.core.json.Json;
import dev.rung.core.rung.Answer;
import dev.rung.gateway.http.Reply;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.ReplyId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an answer as a chat completion, whole or as a stream of chunks. */
final class ChatReply {
    private final Json.Str id;
    private final Json.Num created;
    private final Json.Str model;
    private final Json.Str fingerprint;

    ChatReply(Instant created, String model, String release) {
        this.id = Json.of(ReplyId.fresh(Dialect.OPENAI));
        this.created = Json.of(created.getEpochSecond());
        this.model = Json.of(model);
        this.fingerprint = Json.of(release);
    }

    /** Returns the completion in one piece. */
    String whole(Answer answer, ReplyUsage usage) {
        Json.Obj message = Wire.object(
                entry("role", Json.of("assistant")),
                entry("content", Json.of(answer.output().text())),
                entry("refusal", Json.Nil.NULL),
                entry("annotations", new Json.Arr(List.of())));
        Json.Obj choice = Wire.object(
                entry("index", Json.of(0)),
                entry("message", message),
                entry("logprobs", Json.Nil.NULL),
                entry("finish_reason", Json.of("stop")));
        return Wire.object(
                        entry("id", id),
                        entry("object", Json.of("chat.completion")),
                        entry("created", created),
                        entry("model", model),
                        entry("choices", new Json.Arr(List.of(choice))),
                        entry("usage", usage.json()),
                        entry("system_fingerprint", fingerprint))
                .compact();
    }

    /** Sends the completion as chunks: role, content, finish, usage unless it is null, and the end mark. */
    void play(Answer answer, @Nullable ReplyUsage usage, Reply.EventSink sink) {
        Json.@Nullable Nil noUsageYet = usage == null ? null : Json.Nil.NULL;
        Json.Obj role = Wire.object(
                entry("role", Json.of("assistant")), entry("content", Json.of("")), entry("refusal", Json.Nil.NULL));
        sink.event(chunk(List.of(choice(role, null)), noUsageYet));
        Json.Obj content = Json.object("content", Json.of(answer.output().text()));
        sink.event(chunk(List.of(choice(content, null)), noUsageYet));
        sink.event(chunk(List.of(choice(Json.object(), "stop")), noUsageYet));
        if (usage != null) {
            sink.event(chunk(List.of(), usage.json()));
        }
        sink.event("[DONE]");
    }

    private String chunk(List<Json.Obj> choices, @Nullable Json usage) {
        Json.Obj chunk = Wire.object(
                entry("id", id),
                entry("object", Json.of("chat.completion.chunk")),
                entry("created", created),
                entry("model", model),
                entry("system_fingerprint", fingerprint),
                entry("choices", Json.array(choices)));
        return (usage == null ? chunk : chunk.with("usage", usage)).compact();
    }

    private static Json.Obj choice(Json.Obj delta, @Nullable String finish) {
        return Wire.object(
                entry("index", Json.of(0)),
                entry("delta", delta),
                entry("logprobs", Json.Nil.NULL),
                entry("finish_reason", Json.ofNullable(finish)));
    }
}
