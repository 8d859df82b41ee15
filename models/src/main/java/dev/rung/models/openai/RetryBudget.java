package dev.rung.models.openai;

/**
 * A bound on retries over all questions to one server, so that a server in trouble is not asked many times as often as one in health; thread-safe.
 *
 * <p>Each retry takes one token and each success gives half a one back, as gRPC's retry throttling does (gRFC A6). Being told to wait (status 429) is no
 * failure and takes none.
 */
final class RetryBudget {
    private static final double MOST = 20;
    private static final double BACK = 0.5;

    private double tokens = MOST;

    synchronized boolean take() {
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    synchronized void succeeded() {
        tokens = Math.min(MOST, tokens + BACK);
    }
}
