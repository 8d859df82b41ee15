package dev.rung.core.evidence;

/**
 * The wealth of a gambler who stakes 1 against the claim that scores in [0, 1] have mean {@code floor} or less: an e-process.
 *
 * <p>Each way {@code u} of {@link Stakes} multiplies its part of the stake by {@code 1 - u + u·x/floor} for a score {@code x}, which is {@code 1 + λ(x - floor)} with
 * {@code λ = u/floor}; for scores of 0 and 1 that is the likelihood ratio of the rate {@code floor + u(1 - floor)} to {@code floor}. Under the claim no factor is expected
 * to exceed 1, so the wealth ever reaches {@code 1/α} with probability at most {@code α}, however often one looks (Ville 1939; Waudby-Smith and Ramdas 2024,
 * "Estimating means of bounded random variables by betting"). The product does not depend on the order of the scores. Immutable.
 */
final class Wealth {
    private static final double[] SHARES = Stakes.shares();
    private static final double LOST = 1e-300;
    private static final double SMALL = 1e-150;
    private static final double LARGE = 1e150;
    private static final double LOG_WAYS = StrictMath.log(Stakes.WAYS);

    private final double[] logWeights;
    private final double[] logMiss;
    private final double[] logHit;
    private final double[] misses;
    private final double[] slopes;

    /** Prepares bets against {@code floor}, strictly between 0 and 1. */
    Wealth(double floor, Stakes stakes) {
        logWeights = stakes.logWeights();
        logMiss = new double[Stakes.WAYS];
        logHit = new double[Stakes.WAYS];
        misses = new double[Stakes.WAYS];
        slopes = new double[Stakes.WAYS];
        for (int j = 0; j < Stakes.WAYS; j++) {
            logMiss[j] = StrictMath.log1p(-SHARES[j]);
            logHit[j] = StrictMath.log(1 - SHARES[j] + SHARES[j] / floor);
            misses[j] = 1 - SHARES[j];
            slopes[j] = SHARES[j] / floor;
        }
    }

    /** Returns what is staked on each way before any score. */
    double[] stakes() {
        double[] stakes = new double[Stakes.WAYS];
        for (int j = 0; j < Stakes.WAYS; j++) {
            stakes[j] = StrictMath.exp(logWeights[j]);
        }
        return stakes;
    }

    /** Bets on one score: multiplies each of {@code stakes} by what the score is worth to it, and returns their sum. What is as good as lost is given up. */
    double bet(double score, double[] stakes) {
        for (int j = 0; j < Stakes.WAYS; j++) {
            stakes[j] *= misses[j] + slopes[j] * score;
        }
        double sum = 0;
        for (int j = 0; j < Stakes.WAYS; j++) {
            stakes[j] = stakes[j] < LOST ? 0 : stakes[j];
            sum += stakes[j];
        }
        return sum;
    }

    /** Adds what one score multiplies each way by, in logarithms, to {@code logs}. */
    void add(double score, double[] logs) {
        for (int j = 0; j < Stakes.WAYS; j++) {
            logs[j] += score == 0 ? logMiss[j] : score == 1 ? logHit[j] : StrictMath.log(misses[j] + slopes[j] * score);
        }
    }

    /** Returns what {@code hits} scores of 1 and {@code misses} of 0 multiply each way by, in logarithms. */
    double[] logs(long hits, long misses) {
        double[] logs = new double[Stakes.WAYS];
        for (int j = 0; j < Stakes.WAYS; j++) {
            logs[j] = hits * logHit[j] + misses * logMiss[j];
        }
        return logs;
    }

    /** Returns what the first {@code n} scores multiply each way by, in logarithms; hundreds of factors share one logarithm. */
    double[] logs(double[] scores, int n) {
        double[] logs = new double[Stakes.WAYS];
        for (int j = 0; j < Stakes.WAYS; j++) {
            double miss = misses[j];
            double slope = slopes[j];
            double product = 1;
            for (int i = 0; i < n; i++) {
                product *= miss + slope * scores[i];
                if (product < SMALL || product > LARGE) {
                    logs[j] += StrictMath.log(product);
                    product = 1;
                }
            }
            logs[j] += StrictMath.log(product);
        }
        return logs;
    }

    /**
     * Tells whether the logarithm of the wealth is {@code threshold} or more when each way has been multiplied by {@code exp(logs)}, {@code times} over.
     *
     * <p>The richest way alone mostly settles that, without the sum over all.
     */
    boolean reaches(double threshold, double[] logs, double times) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < Stakes.WAYS; j++) {
            largest = Math.max(largest, logWeights[j] + times * logs[j]);
        }
        if (largest >= threshold || largest + LOG_WAYS < threshold) {
            return largest >= threshold;
        }
        double sum = 0;
        for (int j = 0; j < Stakes.WAYS; j++) {
            sum += StrictMath.exp(logWeights[j] + times * logs[j] - largest);
        }
        return largest + StrictMath.log(sum) >= threshold;
    }
}
