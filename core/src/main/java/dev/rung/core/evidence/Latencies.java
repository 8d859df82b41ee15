package dev.rung.core.evidence;

import dev.rung.core.statistics.Binomial;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The median and the 95th percentile of the time to an answer, in seconds.
 *
 * <p>Each is an order statistic, and so are its bounds: the ranks between which the quantile lies with the stated confidence whatever the distribution, by the binomial
 * count of answers below it. Where there are too few answers for an upper bound it is infinite.
 */
public record Latencies(Estimate p50, Estimate p95) {
    /** Measures at least one outcome; {@code confidence} lies strictly between 0 and 1. */
    public static Latencies of(List<Outcome> outcomes, double confidence) {
        double[] sorted = sorted(outcomes);
        return new Latencies(quantile(sorted, 0.5, confidence), quantile(sorted, 0.95, confidence));
    }

    /** Returns the estimate of one quantile, strictly between 0 and 1, of at least one outcome's time. */
    public static Estimate quantile(List<Outcome> outcomes, double quantile, double confidence) {
        return quantile(sorted(outcomes), quantile, confidence);
    }

    /** Returns a quantile's name, such as {@code p95} or {@code p99.9}. */
    public static String name(double quantile) {
        return "p"
                + BigDecimal.valueOf(quantile)
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static double[] sorted(List<Outcome> outcomes) {
        return outcomes.stream()
                .mapToDouble(outcome -> outcome.time().toNanos() / 1e9)
                .sorted()
                .toArray();
    }

    private static Estimate quantile(double[] sorted, double quantile, double confidence) {
        int n = sorted.length;
        double error = (1 - confidence) / 2;
        // The r-th smallest lies above the quantile with the chance that fewer than r answers lie below it.
        int low = largest(n, r -> 1 - Binomial.atLeast(r, n, quantile) <= error);
        int high = n + 1 - largest(n, r -> Binomial.atLeast(n + 1 - r, n, quantile) <= error);
        int rank = Math.clamp((long) Math.ceil(quantile * n), 1, n);
        return new Estimate(
                name(quantile) + "_latency",
                sorted[rank - 1],
                low == 0 ? 0 : sorted[Math.min(low, rank) - 1],
                high > n ? Double.POSITIVE_INFINITY : sorted[Math.max(high, rank) - 1],
                n,
                confidence);
    }

    // The largest number up to n that fits, given that all smaller ones do; 0 when none fits.
    private static int largest(int n, IntPredicate fits) {
        int low = 0;
        int high = n;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (fits.test(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
