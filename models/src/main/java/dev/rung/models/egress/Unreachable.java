package dev.rung.models.egress;

import java.io.IOException;
import java.io.Serial;

/** A server to which no connection could be made: nothing has been sent. */
public final class Unreachable extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    Unreachable(IOException cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
}
