package dev.rung.core.statistics;

/**
 * The bootstrap-t interval of a mean (Efron 1979; Hall 1988, "Theoretical comparison of bootstrap confidence intervals"), resampling whole clusters.
 *
 * <p>Each replicate is measured in its own standard errors, so that skewness, which ties a mean's error to the mean, is seen: where percentiles of the means
 * reach too little into a long tail, this reaches further. Bounds may be infinite where replicates without any spread are too many. Deterministic, like {@link Bootstrap}. Immutable.
 */
public final class Studentized {
    // Differences of sums leave this much of the squares where there is no spread at all.
    private static final double ROUNDING = 1e-12;

    private final double mean;
    private final double spread;
    private final double[] pivots;

    /** Takes what {@link #pivot} of the same groups, of two clusters or more, was under each draw. */
    public Studentized(Groups groups, Resampling.Drawn drawn) {
        this(groups, drawn.sorted());
    }

    private Studentized(Groups groups, double[] pivots) {
        mean = groups.mean();
        this.pivots = pivots;
        double residuals = 0;
        for (int c = 0; c < groups.clusters(); c++) {
            double residual = groups.sum(c) - mean * groups.size(c);
            residuals += residual * residual;
        }
        spread = standardError(residuals, groups.clusters(), groups.n());
    }

    /** Returns the interval, each end of which lies on the wrong side of the mean with chance about {@code error}. */
    public static Interval of(Groups groups, double error) {
        if (groups.allEqual() || groups.clusters() < 2) {
            return new Interval(groups.mean(), groups.mean());
        }
        Studentized all =
                new Studentized(groups, Resampling.of(pivot(groups), groups.clusters(), Bootstrap.REPLICATES));
        return new Interval(all.lower(error), all.upper(error));
    }

    /** Returns the bound that lies above the truth with chance about {@code error}; never above the mean itself. */
    public double lower(double error) {
        return mean - Math.max(0, quantile(pivots, 1 - error)) * spread;
    }

    /** Returns the bound that lies below the truth with chance about {@code error}; never below the mean itself. */
    public double upper(double error) {
        return mean - Math.min(0, quantile(pivots, error)) * spread;
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
