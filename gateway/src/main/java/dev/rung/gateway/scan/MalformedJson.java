package dev.rung.gateway.scan;

import java.io.Serial;

/** Thrown for bytes that are not a JSON object; carries no stack trace, for it is an expected outcome. */
public final class MalformedJson extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** @param at how many bytes stand before the fault */
    public MalformedJson(int at, String message) {
        super("at byte " + at + ": " + message, null, false, false);
    }
}
