package dev.rung.gateway.relay;

import dev.rung.core.json.Json;
import dev.rung.gateway.errors.DialectErrors;
import dev.rung.gateway.http.Call;
import dev.rung.gateway.http.Endpoint;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.http.Reply;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Operation;
import dev.rung.json.JsonText;
import dev.rung.wire.StreamTranslation;
import dev.rung.wire.form.Members;
import dev.rung.wire.sse.SseWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a task, which is answered in chat completions, in any other dialect.
 *
 * <p>Whatever is said of a field, in an error or in {@code x-rung-dropped}, has the name that the caller gave it.
 */
public final class TaskTranslation {
    private TaskTranslation() {}

    /** Tells whether the request can be put into chat completions. */
    public static boolean takes(Relay.Asked asked) {
        return asked.inbound().verb().operation() == Operation.GENERATE;
    }

    /** Returns what {@code chat} answers to {@code call}, in the dialect of the call; what cannot be translated is a {@link Refused}. */
    public static Reply answer(Call call, Relay.Asked asked, Endpoint chat) {
        Translation translation = Translation.of(call, asked.inbound(), Dialect.OPENAI, asked.model());
        CallersNames names = new CallersNames(translation);
        Reply reply;
        try {
            reply = chat.answer(new Call(
                    call.arrival(),
                    call.rest(),
                    call.query(),
                    names.consenting(call.headers()),
                    translation.sent().content(),
                    call.caller()));
        } catch (Refused e) {
            throw new Refused(names.refusal(e.refusal()));
        }
        Dialect dialect = asked.inbound().verb().dialect();
        return switch (reply) {
            case Reply.Whole whole -> whole(translation, names, dialect, whole);
            case Reply.Events events -> events(translation, names, events);
            case Reply.Bare bare -> bare;
            case Reply.Flowing flowing -> flowing;
        };
    }

    private static Reply whole(Translation translation, CallersNames names, Dialect dialect, Reply.Whole reply) {
        Map<String, String> headers = names.headers(reply.headers());
        if (reply.status() >= 400) {
            return new Reply.Whole(
                    reply.status(),
                    translation.headers(headers, List.of()),
                    DialectErrors.body(dialect, names.refusal(refusal(reply))).compact(),
                    reply.answered(),
                    reply.error());
        }
        // It is the release, which a header of its own names in every dialect.
        String answer = Members.of((Json.Obj) JsonText.parse(reply.json()))
                .remove("system_fingerprint")
                .build()
                .compact();
        Outcome.Told told = translation.whole(reply.status(), headers, answer.getBytes(StandardCharsets.UTF_8));
        return new Reply.Whole(
                told.status(),
                told.headers(),
                new String(told.body(), StandardCharsets.UTF_8),
                reply.answered(),
                reply.error());
    }

    /** Returns what the reply refuses, read back from its body. */
    private static Refusal refusal(Reply.Whole reply) {
        Json.Obj error = ((Json.Obj) JsonText.parse(reply.json())).object("error");
        return new Refusal(
                reply.status(),
                error.string("code"),
                error.string("message"),
                error.get("param") instanceof Json.Str(String field) ? field : null,
                Map.of());
    }

    private static Reply events(Translation translation, CallersNames names, Reply.Events reply) {
        Map<String, String> headers =
                new LinkedHashMap<>(translation.headers(names.headers(reply.headers()), List.of()));
        headers.put("content-type", "text/event-stream; charset=utf-8");
        return new Reply.Flowing(200, headers, reply.answered(), outlet -> {
            StreamTranslation stream = translation.stream();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            reply.script().play(data -> {
                byte[] event = SseWriter.data(data);
                stream.feed(event, 0, event.length, Translation.into(out));
                send(out, outlet);
            });
            stream.end(Translation.into(out));
            send(out, outlet);
            return null;
        });
    }

    private static void send(ByteArrayOutputStream out, Reply.Outlet outlet) {
        if (out.size() > 0) {
            outlet.write(out.toByteArray(), 0, out.size());
            out.reset();
        }
    }
}
