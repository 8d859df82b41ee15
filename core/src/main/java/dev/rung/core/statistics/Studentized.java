package dev.rung.core.statistics;

/**
 * The bootstrap-t interval of a mean (Efron 1979; Hall 1988, "Theoretical comparison of bootstrap confidence intervals"), resampling whole clusters.
 *
 * <p>Each replicate is measured in its own standard errors, so that skewness, which ties a mean's error to the mean, is seen: where percentiles of the means
 * reach too little into a long tail, this reaches further. A sample that misses the truth mostly has not seen enough of that tail, so the upper bound is taken as if half a
 * cluster more had been seen, of the average size and as far above the mean as the farthest: that moves it the more, the longer the tail and the fewer the clusters.
 * Bounds may be infinite where replicates without any spread are too many. Deterministic, like {@link Bootstrap}. Immutable.
 */
public final class Studentized {
    // Differences of sums leave this much of the squares where there is no spread at all.
    private static final double ROUNDING = 1e-12;
    /** How often a cluster like the farthest is taken to have been seen once more; found by simulation. */
    private static final double UNSEEN = 0.5;

    private final double mean;
    private final double spread;
    private final double raisedMean;
    private final double raisedSpread;
    private final double[] pivots;

    /** Takes what {@link #pivot} of the same groups, of two clusters or more, was under each draw. */
    public Studentized(Groups groups, Resampling.Drawn drawn) {
        pivots = drawn.sorted();
        int clusters = groups.clusters();
        mean = groups.mean();
        double farthest = 0;
        for (int c = 0; c < clusters; c++) {
            farthest = Math.max(farthest, residual(groups, c, mean));
        }
        spread = standardError(squares(groups, mean), clusters, groups.n());
        double size = (double) groups.n() / clusters;
        double rows = groups.n() + UNSEEN * size;
        raisedMean = mean + UNSEEN * farthest / rows;
        double unseen = farthest - (raisedMean - mean) * size;
        raisedSpread = standardError(squares(groups, raisedMean) + UNSEEN * unseen * unseen, clusters + UNSEEN, rows);
    }

    /** Returns the bound that lies above the truth with chance about {@code error}; never above the mean itself. */
    public double lower(double error) {
        return mean - Math.max(0, quantile(pivots, 1 - error)) * spread;
    }

    /** Returns the bound that lies below the truth with chance about {@code error}; never below the mean itself. */
    public double upper(double error) {
        return raisedMean - Math.min(0, quantile(pivots, error)) * raisedSpread;
    }

    /** Returns by how many of its own standard errors a draw's mean lies above the mean of all. */
    public static Weighted pivot(Groups groups) {
        double mean = groups.mean();
        int clusters = groups.clusters();
        double[] squares = new double[clusters];
        double[] products = new double[clusters];
        double[] sizes = new double[clusters];
        for (int c = 0; c < clusters; c++) {
            squares[c] = groups.sum(c) * groups.sum(c);
            products[c] = groups.sum(c) * groups.size(c);
            sizes[c] = (double) groups.size(c) * groups.size(c);
        }
        return times -> {
            double sum = groups.sum(times);
            long size = groups.n(times);
            double sumSum = Groups.dot(squares, times);
            double sumSize = groups.independent() ? sum : Groups.dot(products, times);
            double sizeSize = groups.independent() ? size : Groups.dot(sizes, times);
            double replicate = sum / size;
            double residuals = sumSum - 2 * replicate * sumSize + replicate * replicate * sizeSize;
            return residuals <= ROUNDING * sumSum
                    ? without(replicate - mean, mean)
                    : (replicate - mean) / standardError(residuals, clusters, (double) size);
        };
    }

    // A replicate without spread lies infinitely many standard errors away, unless it lies on the mean.
    private static double without(double difference, double mean) {
        return Math.abs(difference) <= ROUNDING * Math.abs(mean) ? 0 : difference * Double.POSITIVE_INFINITY;
    }

    private static double residual(Groups groups, int cluster, double mean) {
        return groups.sum(cluster) - mean * groups.size(cluster);
    }

    private static double squares(Groups groups, double mean) {
        double squares = 0;
        for (int c = 0; c < groups.clusters(); c++) {
            double residual = residual(groups, c, mean);
            squares += residual * residual;
        }
        return squares;
    }

    // Of a ratio of sums over clusters, linearised.
    private static double standardError(double squares, double clusters, double rows) {
        return Math.sqrt(squares * clusters / (clusters - 1)) / rows;
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
