package dev.rung.gateway.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The bounded number of requests that may be under way at once; thread-safe. */
final class Places {
    private volatile int total;
    private final Free free;
    private volatile boolean draining;

    Places(int total) {
        this.total = total;
        this.free = new Free(total);
    }

    /** Takes a place, to be given back; none left, or a server on its way down, is a 503. */
    void take() {
        if (draining) {
            throw new Refused(Refusal.retryable(
                    503, "shutting_down", "This server is shutting down. Send the request again.", 1));
        }
        if (!free.tryAcquire()) {
            throw new Refused(Refusal.retryable(
                    503,
                    "overloaded",
                    "All %d places for requests are taken. Send the request again a little later.".formatted(total),
                    1));
        }
    }

    /** Lets so many in from now on; those inside stay, and places beyond the number are gone once they are given back. */
    synchronized void resize(int most) {
        int before = total;
        total = most;
        if (most > before) {
            free.release(most - before);
        } else {
            free.shrink(before - most);
        }
    }

    private static final class Free extends Semaphore {
        private static final long serialVersionUID = 1;

        Free(int permits) {
            super(permits);
        }

        void shrink(int by) {
            reducePermits(by);
        }
    }

    void giveBack() {
        free.release();
    }

    boolean draining() {
        return draining;
    }

    /** Lets nobody in any more and waits for those inside; tells whether all left in {@code time}. Once only. */
    boolean drain(Duration time) {
        draining = true;
        try {
            return free.tryAcquire(total, time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
