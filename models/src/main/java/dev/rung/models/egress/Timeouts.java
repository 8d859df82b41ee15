package dev.rung.models.egress;

import java.time.Duration;

/**
 * How long one exchange may take.
 *
 * @param silence the longest wait for the first byte, and then between any two
 * @param total from the start until the reply is read
 */
public record Timeouts(Duration silence, Duration total) {
    public Timeouts {
        if (!silence.isPositive() || !total.isPositive()) {
            throw new IllegalArgumentException("timeouts are positive: " + silence + ", " + total);
        }
    }
}
