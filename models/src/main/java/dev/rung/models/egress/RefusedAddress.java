package dev.rung.models.egress;

import java.io.IOException;
import java.io.Serial;

/** An address that a local call must not reach, found before anything was sent to it. */
final class RefusedAddress extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    RefusedAddress(String message) {
        super(message);
    }
}
