package dev.rung.wire.sse;

import java.io.Serial;

/** An event that is larger than the reader allows. */
public final class SseOverflow extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    SseOverflow(int limit) {
        super("an event of the stream is larger than " + limit + " bytes");
    }
}
