package dev.rung.intake.examples;

import java.io.Serial;

/** A JSON value that cannot be read as a row; never leaves this package. */
final class UnusableValue extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final String reason;

    UnusableValue(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    @Override
    public String getMessage() {
        return reason;
    }
}
