package dev.rung.wire.sse;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** One event of a stream: its type, and its data as UTF-8. Immutable and thread-safe. */
public final class SseEvent {
    /** The type of an event that names none. */
    public static final String MESSAGE = "message";

    private final String type;
    private final byte[] data;

    /** Makes an event; {@code data} is handed over and must not be changed afterwards. */
    SseEvent(String type, byte[] data) {
        this.type = type;
        this.data = data;
    }

    /** Returns the event with this data. */
    public static SseEvent of(String type, String data) {
        return new SseEvent(type, data.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns what the field {@code event} said, or {@value #MESSAGE} where there was none. */
    public String type() {
        return type;
    }

    /** Returns the lines of data, joined by line feeds; bytes that are not UTF-8 are U+FFFD, as the standard has it. */
    public String data() {
        return new String(data, StandardCharsets.UTF_8);
    }

    /** Returns the data for a parser, without a copy. */
    public InputStream stream() {
        return new ByteArrayInputStream(data);
    }

    /** Returns how many bytes the data has. */
    public int size() {
        return data.length;
    }

    /** Tells whether the data is this ASCII text, such as {@code [DONE]}. */
    public boolean is(String ascii) {
        if (data.length != ascii.length()) {
            return false;
        }
        for (int i = 0; i < data.length; i++) {
            if (data[i] != (byte) ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "event: " + type + ", data: " + data();
    }
}
