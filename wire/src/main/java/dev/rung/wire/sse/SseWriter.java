package dev.rung.wire.sse;

import java.nio.charset.StandardCharsets;

/** Writes events as bytes of a stream. Stateless and thread-safe. */
public final class SseWriter {
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private SseWriter() {}

    /** Returns the event with data only, as chat completions and Gemini have it. */
    public static byte[] data(String data) {
        return write("", data);
    }

    /** Returns the event with its type, as Anthropic and Responses have it; {@value SseEvent#MESSAGE} is not written. */
    public static byte[] event(String type, String data) {
        if (type.indexOf('\n') >= 0 || type.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("the type of an event is one line");
        }
        return write(type.equals(SseEvent.MESSAGE) ? "" : "event: " + type + "\n", data);
    }

    /** Returns a comment, which keeps a connection alive and which every reader passes over. */
    public static byte[] heartbeat() {
        return HEARTBEAT.clone();
    }

    private static byte[] write(String head, String data) {
        StringBuilder text = new StringBuilder(head.length() + data.length() + 8);
        text.append(head).append("data: ");
        if (data.indexOf('\n') < 0 && data.indexOf('\r') < 0) {
            text.append(data);
        } else {
            text.append(data.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\ndata: "));
        }
        return text.append("\n\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
