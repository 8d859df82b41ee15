package dev.rung.gateway.local;

import java.io.Serial;

/** Thrown when a text has more tokens than an encoder reads. */
public final class TooLong extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int text;

    TooLong(int text, int tokens, int most) {
        super("has %,d tokens, and the model reads %,d".formatted(tokens, most), null, false, false);
        this.text = text;
    }

    /** Returns which of the texts it is, counted from 0. */
    public int text() {
        return text;
    }
}
