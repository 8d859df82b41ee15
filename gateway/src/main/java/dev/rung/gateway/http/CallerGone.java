package dev.rung.gateway.http;

import java.io.Serial;

/** Thrown when the caller has left, or was too slow and was cut off: nobody is there to be told. */
public final class CallerGone extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    CallerGone(String message, Throwable cause) {
        super(message, cause);
    }
}
