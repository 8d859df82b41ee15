package dev.rung.models.egress;

import java.io.IOException;
import java.io.Serial;

/** A server that was connected to and sent nothing for as long as it may. */
public final class Silent extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    Silent(IOException cause) {
        super("fell silent", cause);
    }
}
