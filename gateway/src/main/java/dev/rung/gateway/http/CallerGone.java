package dev.rung.gateway.http;

import java.io.Serial;

/** Thrown when the caller has left, or was too slow and was cut off: nobody is there to be told. */
public final class CallerGone extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    CallerGone(String message, Throwable cause) {
        super(message, cause);
    }

    /** Makes the exception for a caller whose leaving was noticed while it waited. */
    public CallerGone() {
        super("it left", null, false, false);
    }
}
