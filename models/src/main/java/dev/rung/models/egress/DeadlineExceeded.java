package dev.rung.models.egress;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;

/** An exchange that was cut off because it took longer than it may in total. */
public final class DeadlineExceeded extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    DeadlineExceeded(IOException cause) {
        super("took longer than it may", cause);
    }

    DeadlineExceeded(Duration total, IOException cause) {
        super("no complete reply within " + total.toMillis() + " ms", cause);
    }
}
