package dev.rung.core.statistics;

/**
 * The interval of a rate: exact where every cluster has one row, and at the effective sample size where rows repeat.
 *
 * <p>Repeats of a question tell less than fresh ones. The effective size divides the variance of independent rows by that between clusters, corrected for
 * the degrees of freedom that estimate it, and the exact interval is taken there (Korn and Graubard 1998, "Confidence intervals for proportions with small expected number of
 * positive counts estimated from survey data"). Degrees of freedom are counted by how many clusters the variance really comes from: at a high rate a few clusters hold all the
 * misses. It is never below the number of clusters as Kish counts them, which is what it is when rows of a cluster all agree; with fewer than {@link #FEW} of them
 * {@link FewClusters} takes over.
 */
public final class RateInterval {
    /** Below this number of clusters, a variance between them is not believed. */
    public static final int FEW = 30;

    private static final double ROUNDING = 1e-9;

    private RateInterval() {}

    public static Interval of(Groups groups, double confidence) {
        double error = (1 - confidence) / 2;
        if (!groups.independent() && groups.effectiveClusters() < FEW) {
            return FewClusters.of(groups, error);
        }
        return at(groups.mean(), effectiveSize(groups, error), error);
    }

    /** Returns the interval as if {@code rate} had been seen in {@code size} independent rows; each end is wrong with chance {@code error} at most. */
    public static Interval at(double rate, double size, double error) {
        return new Interval(
                Math.min(rate, Binomial.lowerBound(rate * size, size, error)),
                Math.max(rate, Binomial.upperBound(rate * size, size, error)));
    }

    /** Returns how many independent rows tell as much as {@code groups} of zeros and ones. */
    public static double effectiveSize(Groups groups, double error) {
        double rate = groups.mean();
        double least = groups.effectiveClusters();
        if (groups.independent()) {
            return groups.n();
        }
        if (least < FEW || rate == 0 || rate == 1) {
            return least;
        }
        int clusters = groups.clusters();
        double squares = 0;
        double fourths = 0;
        for (int c = 0; c < clusters; c++) {
            double residual = groups.sum(c) - rate * groups.size(c);
            squares += residual * residual;
            fourths += residual * residual * residual * residual;
        }
        double n = groups.n();
        if (squares == 0) {
            return n;
        }
        double variance = squares * clusters / (clusters - 1) / (n * n);
        double freedom = Math.clamp(Math.floor(squares / fourths * squares + ROUNDING), 1, clusters - 1.0);
        double ratio = Normal.quantile(1 - error) / Student.upperQuantile(error, freedom);
        return Math.clamp(rate * (1 - rate) / variance * ratio * ratio, least, n);
    }
}
