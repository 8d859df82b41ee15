package dev.rung.core.statistics;

import java.util.Arrays;

/**
 * The bootstrap-t interval of a mean (Efron 1979; Hall 1988, "Theoretical comparison of bootstrap confidence intervals"), resampling whole clusters.
 *
 * <p>Each replicate is measured in its own standard errors, so that skewness, which ties a mean's error to the mean, is seen: where percentiles of the means
 * reach too little into a long tail, this reaches further. Bounds may be infinite where replicates without any spread are too many. Deterministic, like {@link Bootstrap}.
 */
public final class Studentized {
    private static final long SEED = 20_260_102;
    // Differences of sums leave this much of the squares where there is no spread at all.
    private static final double ROUNDING = 1e-12;

    private Studentized() {}

    /** Returns the interval, each end of which lies on the wrong side of the mean with chance about {@code error}. */
    public static Interval of(Groups groups, double error) {
        double mean = groups.mean();
        int clusters = groups.clusters();
        if (groups.allEqual() || clusters < 2) {
            return new Interval(mean, mean);
        }
        double[] pivots = pivots(groups);
        double residuals = 0;
        for (int c = 0; c < clusters; c++) {
            double residual = groups.sum(c) - mean * groups.size(c);
            residuals += residual * residual;
        }
        double spread = standardError(residuals, clusters, groups.n());
        return new Interval(
                mean - Math.max(0, quantile(pivots, 1 - error)) * spread,
                mean - Math.min(0, quantile(pivots, error)) * spread);
    }

    private static double[] pivots(Groups groups) {
        double mean = groups.mean();
        int clusters = groups.clusters();
        SplitMix64 random = new SplitMix64(SEED);
        double[] pivots = new double[Bootstrap.REPLICATES];
        for (int r = 0; r < pivots.length; r++) {
            double sum = 0;
            double size = 0;
            double sumSum = 0;
            double sumSize = 0;
            double sizeSize = 0;
            for (int i = 0; i < clusters; i++) {
                int c = random.below(clusters);
                double s = groups.sum(c);
                double n = groups.size(c);
                sum += s;
                size += n;
                sumSum += s * s;
                sumSize += s * n;
                sizeSize += n * n;
            }
            double replicate = sum / size;
            double residuals = sumSum - 2 * replicate * sumSize + replicate * replicate * sizeSize;
            pivots[r] = residuals <= ROUNDING * sumSum
                    ? without(replicate - mean, mean)
                    : (replicate - mean) / standardError(residuals, clusters, size);
        }
        Arrays.sort(pivots);
        return pivots;
    }

    // A replicate without spread lies infinitely many standard errors away, unless it lies on the mean.
    private static double without(double difference, double mean) {
        return Math.abs(difference) <= ROUNDING * Math.abs(mean) ? 0 : difference * Double.POSITIVE_INFINITY;
    }

    // Of a ratio of sums over clusters, linearised.
    private static double standardError(double residuals, int clusters, double rows) {
        return Math.sqrt(residuals * clusters / (clusters - 1)) / rows;
    }

    private static double quantile(double[] sorted, double p) {
        double place = Math.clamp(p * (sorted.length + 1) - 1, 0, sorted.length - 1.0);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        double part = place - below;
        if (part == 0 || sorted[below] == sorted[above]) {
            return sorted[below];
        }
        return Double.isInfinite(sorted[below])
                ? sorted[below]
                : sorted[below] + part * (sorted[above] - sorted[below]);
    }
}
