package dev.rung.gateway.relay;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps calls from a deployment that keeps failing in one way: closed, open, half open (Nygard, Release It!); thread-safe.
 *
 * <p>Opens after {@value #FAILURES} failures without a success between them, for one second, then for twice as long each time up to a minute, each time shortened at random
 * by up to a fifth. Then a single call may try: its success closes the breaker. Nothing is written while all goes well.
 */
final class Breaker {
    static final int FAILURES = 5;
    private static final long FIRST_NANOS = 1_000_000_000L;
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final long TRIAL_NANOS = 250_000_000L;
    private static final int MOST_DOUBLINGS = 6;

    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger openings = new AtomicInteger();
    private final AtomicBoolean trying = new AtomicBoolean();
    private volatile boolean open;
    private volatile long until;

    /** What a breaker says to a call. */
    enum Pass {
        /** Not now. */
        NO,
        YES,
        /** Yes, and it is the trial on which the breaker decides; to be given back by {@link #tried}. */
        TRIAL
    }

    /** Tells how many nanoseconds are left until a call may try; 0 when one may now, or when the breaker is closed. */
    long restLeft(long now) {
        if (!open) {
            return 0;
        }
        long left = until - now;
        return left > 0 ? left : trying.get() ? TRIAL_NANOS : 0;
    }

    Pass enter(long now) {
        if (!open) {
            return Pass.YES;
        }
        return until - now <= 0 && trying.compareAndSet(false, true) ? Pass.TRIAL : Pass.NO;
    }

    /** Ends the trial of a half-open breaker, whatever came of it. */
    void tried() {
        trying.set(false);
    }

    void succeeded() {
        if (failures.get() != 0) {
            failures.set(0);
        }
        if (open) {
            openings.set(0);
            open = false;
        }
    }

    /** Notes a failure; {@code floor} is how long the upstream asked to be left alone, in nanoseconds, which opens the breaker at once. */
    void failed(long now, long floor) {
        int count = failures.incrementAndGet();
        if (open && until - now > 0) { // a call from before it opened
            until = floor > until - now ? now + floor : until;
            return;
        }
        boolean trips = open || count >= FAILURES;
        if (trips || floor > 0) {
            until = now + Math.max(floor, trips ? pause() : 0);
            open = true;
        }
    }

    private long pause() {
        long pause = Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(openings.getAndIncrement(), MOST_DOUBLINGS));
        return (long) (pause * (1 - ThreadLocalRandom.current().nextDouble() / 5));
    }

    boolean isOpen() {
        return open;
    }

    /** Returns the state in Nygard's words. */
    String state(long now) {
        return !open ? "closed" : until - now > 0 ? "open" : "half_open";
    }

    int failures() {
        return failures.get();
    }
}
