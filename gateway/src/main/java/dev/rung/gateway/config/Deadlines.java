package dev.rung.gateway.config;

import java.time.Duration;

/**
 * How long a call may take.
 *
 * @param connect until a connection is made
 * @param firstToken from the sending of an attempt until the first event with content of a stream, or the head of an answer in one piece
 * @param betweenChunks between any two bytes after that
 * @param total from the arrival of the request until the end of the answer, retries and waits included
 */
public record Deadlines(Duration connect, Duration firstToken, Duration betweenChunks, Duration total) {
    public static final Deadlines DEFAULTS = new Deadlines(
            Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMinutes(10));

    public Deadlines {
        if (!connect.isPositive() || !firstToken.isPositive() || !betweenChunks.isPositive() || !total.isPositive()) {
            throw new IllegalArgumentException("deadlines are positive");
        }
    }
}
