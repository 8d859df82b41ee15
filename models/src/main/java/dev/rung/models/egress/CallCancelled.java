package dev.rung.models.egress;

import java.io.IOException;
import java.io.Serial;

/** An exchange that was cut off from this side, because nobody waits for its reply any more. */
public final class CallCancelled extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    CallCancelled(IOException cause) {
        super("cancelled", cause);
    }
}
