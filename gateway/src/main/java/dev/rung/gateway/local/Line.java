package dev.rung.gateway.local;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Those who wait for one model, and the one whom it answers; thread-safe. */
final class Line {
    private static final double WEIGHT = 0.2;
    private static final int LONGEST_WAIT = 60;

    private final AtomicInteger length = new AtomicInteger();
    // Two threads may overwrite each other's figure: it is an estimate.
    private volatile double seconds = 1;

    /** Joins, unless {@code most} are waiting already; who has joined leaves by {@link #leave}, exactly once. */
    boolean join(int most) {
        int before = length.getAndUpdate(now -> now > most ? now : now + 1);
        return before <= most;
    }

    void leave() {
        length.decrementAndGet();
    }

    /** Notes how long an answer took. */
    void answered(Duration took) {
        double before = seconds;
        seconds = before + WEIGHT * (took.toNanos() / 1e9 - before);
    }

    int length() {
        return length.get();
    }

    /** Returns after how many seconds there should be room: the time of one answer. */
    int room() {
        return (int) Math.clamp(Math.ceil(seconds), 1, LONGEST_WAIT);
    }
}
