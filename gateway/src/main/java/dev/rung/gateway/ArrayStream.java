package dev.rung.gateway;

import dev.rung.gateway.http.Reply;
import dev.rung.wire.sse.SseParser;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A stream as Gemini sends it to callers who do not ask for server-sent events with {@code alt=sse}: one JSON array, whose items leave one by one as they come.
 *
 * <p>An error in the middle is the last item.
 */
final class ArrayStream implements Reply.Outlet {
    private static final int LARGEST_EVENT = 16 << 20;

    private final Reply.Outlet outlet;
    private final SseParser parser = new SseParser(LARGEST_EVENT);
    private boolean begun;

    private ArrayStream(Reply.Outlet outlet) {
        this.outlet = outlet;
    }

    /** Returns {@code reply} as an array, when it is a stream of events. */
    static Reply of(Reply reply) {
        return switch (reply) {
            case Reply.Flowing flowing -> {
                Map<String, String> headers = new LinkedHashMap<>(flowing.headers());
                headers.put("content-type", "application/json; charset=utf-8");
                yield new Reply.Flowing(flowing.status(), headers, flowing.answered(), outlet -> {
                    ArrayStream array = new ArrayStream(outlet);
                    String error = flowing.flow().run(array);
                    array.end();
                    return error;
                });
            }
            case Reply.Whole whole -> whole;
            case Reply.Bare bare -> bare;
            case Reply.Events events -> events;
        };
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        StringBuilder items = new StringBuilder();
        parser.feed(bytes, from, from + length, event -> {
            items.append(begun ? ",\r\n" : "[").append(event.data());
            begun = true;
        });
        send(items.toString());
    }

    private void end() {
        send(begun ? "]" : "[]");
    }

    private void send(String text) {
        if (!text.isEmpty()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            outlet.write(bytes, 0, bytes.length);
        }
    }
}
