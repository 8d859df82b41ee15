package dev.rung.gateway.local;

import java.io.Serial;

/** Thrown when as many callers wait for a model as may; carries no stack trace, for it is an expected outcome. */
public final class LineFull extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final int seconds;

    LineFull(int seconds) {
        super("the line is full", null, false, false);
        this.seconds = seconds;
    }

    /** Returns after how many seconds there should be room. */
    public int seconds() {
        return seconds;
    }
}
