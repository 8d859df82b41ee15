package dev.rung.gateway.relay;

import dev.rung.gateway.http.Call;
import dev.rung.gateway.http.Endpoint;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.http.Reply;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Operation;
import dev.rung.wire.StreamTranslation;
import dev.rung.wire.sse.SseWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a task, which is answered in chat completions, in any other dialect. */
public final class TaskTranslation {
    private TaskTranslation() {}

    /** Tells whether the request can be put into chat completions. */
    public static boolean takes(Relay.Asked asked) {
        return asked.inbound().verb().operation() == Operation.GENERATE;
    }

    /** Returns what {@code chat} answers to {@code call}, in the dialect of the call; what cannot be translated is a {@link Refused}. */
    public static Reply answer(Call call, Relay.Asked asked, Endpoint chat) {
        Translation translation = Translation.of(call, asked.inbound(), Dialect.OPENAI, asked.model());
        Reply reply = chat.answer(new Call(
                call.arrival(),
                call.rest(),
                call.query(),
                call.headers(),
                translation.sent().content(),
                call.caller()));
        return switch (reply) {
            case Reply.Whole whole -> whole(translation, whole);
            case Reply.Events events -> events(translation, events);
            case Reply.Bare bare -> bare;
            case Reply.Flowing flowing -> flowing;
        };
    }

    private static Reply whole(Translation translation, Reply.Whole reply) {
        Outcome.Told told =
                translation.whole(reply.status(), reply.headers(), reply.json().getBytes(StandardCharsets.UTF_8));
        return new Reply.Whole(
                told.status(),
                told.headers(),
                new String(told.body(), StandardCharsets.UTF_8),
                reply.answered(),
                reply.error());
    }

    private static Reply events(Translation translation, Reply.Events reply) {
        Map<String, String> headers = new LinkedHashMap<>(translation.headers(reply.headers(), List.of()));
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
