package dev.rung.models.egress;

import java.io.IOException;
import java.io.Serial;

/** All connections that may be open to a server are in use: nothing has been sent. */
public final class NoFreeConnection extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    NoFreeConnection(IOException cause) {
        super("all connections are in use", cause);
    }
}
