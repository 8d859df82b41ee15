package dev.rung.core.evidence.promise;

import dev.rung.core.statistics.Binomial;
import dev.rung.core.task.Promise;

/**
 * The exact test of one threshold: rejects "harm exceeds the promise" when so few of the rows were harmed that a larger harm would have shown so few with
 * probability at most 1 − confidence.
 *
 * @param rows independent questions, those that were not let through included
 */
public record HarmTest(Promise promise, int rows) {
    /** Returns the probability of at most this many harmed rows, were the harm exactly as large as the promise allows. */
    public double pValue(int harmful) {
        return Binomial.atMost(harmful, rows, promise.harm());
    }

    /** Tells whether so many harmed rows still prove the promise kept. */
    public boolean keeps(int harmful) {
        return pValue(harmful) <= 1 - promise.confidence();
    }

    /** Returns the most harmed rows that still prove the promise kept; −1 where not even none would. */
    public int mostHarmful() {
        int least = -1;
        int beyond = rows;
        while (beyond - least > 1) {
            int middle = (least + beyond) >>> 1;
            if (keeps(middle)) {
                least = middle;
            } else {
                beyond = middle;
            }
        }
        return least;
    }
}
