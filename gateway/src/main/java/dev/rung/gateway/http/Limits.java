package dev.rung.gateway.http;

import java.time.Duration;

/**
 * The bounds that keep one caller, or many, from exhausting the server.
 *
 * @param bodyBytes the largest request body; a larger one is a 413
 * @param headerBytes the largest request head; a larger one is a 400
 * @param inFlight how many governed requests may be under way at once; one more is a 503 with {@code Retry-After}. Bodies are read after a place is
 *     taken, so that this bounds their memory too
 * @param connections how many connections may be open at once; further ones wait to be accepted
 * @param slowness how long a caller may take to send a head, to send a body, or to take in a part of the reply, before its connection is closed
 * @param idle how long a connection may stay open without a request
 */
public record Limits(int bodyBytes, int headerBytes, int inFlight, int connections, Duration slowness, Duration idle) {
    public static final Limits DEFAULTS =
            new Limits(1 << 20, 16 << 10, 256, 1_024, Duration.ofSeconds(30), Duration.ofSeconds(75));

    public Limits {
        if (bodyBytes < 1 || headerBytes < 256 || inFlight < 1 || connections < 1) {
            throw new IllegalArgumentException("limits must leave room for a request");
        }
        if (!slowness.isPositive() || !idle.isPositive()) {
            throw new IllegalArgumentException("limits of time must be positive");
        }
    }

    public Limits withBodyBytes(int limit) {
        return new Limits(limit, headerBytes, inFlight, connections, slowness, idle);
    }

    public Limits withInFlight(int limit) {
        return new Limits(bodyBytes, headerBytes, limit, connections, slowness, idle);
    }

    public Limits withSlowness(Duration limit) {
        return new Limits(bodyBytes, headerBytes, inFlight, connections, limit, idle);
    }
}
