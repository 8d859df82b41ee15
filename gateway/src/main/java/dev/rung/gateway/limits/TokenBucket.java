package dev.rung.gateway.limits;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket that fills at a steady rate up to its burst; thread-safe, without locks.
 *
 * <p>Kept as one number, the time at which the bucket will be full again: the generic cell rate algorithm (ITU-T I.371) in its virtual scheduling form.
 */
final class TokenBucket {
    private static final double NANOS_PER_MINUTE = 60e9;

    private final double nanosEach;
    private final long depth;
    private final long burst;
    private final AtomicLong full = new AtomicLong(Long.MIN_VALUE);

    TokenBucket(Rate rate) {
        this.nanosEach = NANOS_PER_MINUTE / rate.perMinute();
        this.burst = rate.burst();
        this.depth = nanos(rate.burst());
    }

    /**
     * Takes {@code amount}, and returns 0; or takes nothing, and returns in how many nanoseconds it is there. More than the burst is taken from a full
     * bucket, which then is in debt.
     *
     * @param now of {@link System#nanoTime}
     */
    long take(long amount, long now) {
        while (true) {
            long before = full.get();
            long base = before == Long.MIN_VALUE || before - now < 0 ? now : before;
            long wait = base + nanos(Math.min(amount, burst)) - now - depth;
            if (wait > 0) {
                return wait;
            }
            if (full.compareAndSet(before, base + nanos(amount))) {
                return 0;
            }
        }
    }

    /** Takes what was used beyond an estimate, whatever is there; gives back where {@code amount} is negative. */
    void adjust(long amount) {
        full.updateAndGet(before -> before == Long.MIN_VALUE ? before : before + nanos(amount));
    }

    private long nanos(long amount) {
        return Math.round(amount * nanosEach);
    }
}
