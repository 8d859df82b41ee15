package dev.rung.core.evidence;

import dev.rung.core.statistics.Binomial;
import dev.rung.core.statistics.Groups;
import dev.rung.core.statistics.RateInterval;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The median and the 95th percentile of the time to an answer, in seconds.
 *
 * <p>Each is an order statistic, and so are its bounds: the ranks between which the quantile lies with the stated confidence whatever the distribution, by the binomial
 * count of answers below it (Woodruff 1952, "Confidence intervals for medians and other position measures", at the effective sample size where rows repeat). Where there are too few answers for an upper bound it is infinite.
 */
public record Latencies(Estimate p50, Estimate p95) {
    /** Measures at least one outcome; {@code confidence} lies strictly between 0 and 1. */
    public static Latencies of(List<Outcome> outcomes, double confidence) {
        return new Latencies(quantile(outcomes, 0.5, confidence), quantile(outcomes, 0.95, confidence));
    }

    /** Returns the estimate of one quantile, strictly between 0 and 1, of at least one outcome's time. */
    public static Estimate quantile(List<Outcome> outcomes, double quantile, double confidence) {
        double[] sorted = sorted(outcomes);
        int rank = Math.clamp((long) Math.ceil(quantile * sorted.length), 1, sorted.length);
        double estimate = sorted[rank - 1];
        // Rows that share a question tell less: the ranks are those of as many independent rows as tell as much.
        Groups below = Groups.of(outcomes, Outcome::cluster, o -> seconds(o) <= estimate ? 1 : 0);
        double size = RateInterval.effectiveSize(below, (1 - confidence) / 2);
        return quantile(sorted, quantile, (int) Math.max(1, Math.floor(size)), confidence);
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
        return outcomes.stream().mapToDouble(Latencies::seconds).sorted().toArray();
    }

    private static double seconds(Outcome outcome) {
        return outcome.time().toNanos() / 1e9;
    }

    private static Estimate quantile(double[] sorted, double quantile, int independent, double confidence) {
        int n = sorted.length;
        int m = independent;
        double error = (1 - confidence) / 2;
        // The r-th smallest lies above the quantile with the chance that fewer than r answers lie below it.
        int low = largest(m, r -> 1 - Binomial.atLeast(r, m, quantile) <= error);
        int high = m + 1 - largest(m, r -> Binomial.atLeast(m + 1 - r, m, quantile) <= error);
        int rank = Math.clamp((long) Math.ceil(quantile * n), 1, n);
        int lowRank = (int) ((long) low * n / m);
        int highRank = (int) (((long) high * n + m - 1) / m);
        return new Estimate(
                name(quantile) + "_latency",
                sorted[rank - 1],
                low == 0 ? 0 : sorted[Math.min(lowRank, rank) - 1],
                high > m ? Double.POSITIVE_INFINITY : sorted[Math.max(highRank, rank) - 1],
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
