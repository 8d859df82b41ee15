package dev.rung.models.openai;

import java.time.Duration;

/**
 * How long and how often a server is asked again.
 *
 * @param attempts the most requests for one question, the first included
 * @param firstBackoff the wait before the second one, doubled from then on; each wait is shortened at random by up to half
 * @param longestBackoff the longest such wait; what the server asks for in {@code Retry-After} may be longer
 * @param silence the longest wait for the first byte of a reply, and then between any two
 * @param total from the first request until the answer, waits included
 */
public record Patience(int attempts, Duration firstBackoff, Duration longestBackoff, Duration silence, Duration total) {
    public Patience {
        if (attempts < 1) {
            throw new IllegalArgumentException("there is at least one attempt");
        }
    }

    /** Returns what suits hosted models: six attempts within five minutes. */
    public static Patience standard() {
        return new Patience(
                6, Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofSeconds(120), Duration.ofMinutes(5));
    }
}
