package dev.rung.models.egress;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bound on retries over all questions to one server, so that a server in trouble is not asked many times as often as one in health; thread-safe.
 *
 * <p>Each retry takes one token and each success gives half a one back, as gRPC's retry throttling does (gRFC A6). Being told to wait (status 429) is no
 * failure and takes none.
 */
public final class RetryBudget {
    private static final int MOST_HALVES = 40;

    private final AtomicInteger halves = new AtomicInteger(MOST_HALVES);

    /** Takes a token, if there is one, and tells whether there was. */
    public boolean take() {
        return halves.getAndUpdate(now -> now < 2 ? now : now - 2) >= 2;
    }

    /** Gives half a token back; writes nothing while the budget is full, which it is as long as all goes well. */
    public void succeeded() {
        if (halves.get() < MOST_HALVES) {
            halves.updateAndGet(now -> Math.min(MOST_HALVES, now + 1));
        }
    }
}
