package dev.rung.core.statistics;

/**
 * The interval of a rate: exact where every cluster has one row, and at the effective sample size where rows repeat.
 *
 * <p>Repeats of a question tell less than fresh ones. The effective size divides the variance of independent rows by that between clusters, corrected for
 * its degrees of freedom, and the exact interval is taken there (Korn and Graubard 1998, "Confidence intervals for proportions with small expected number of
 * positive counts estimated from survey data"). Rates of 0 and 1 show no variance: there each cluster counts once.
 */
public final class RateInterval {
    private RateInterval() {}

    public static Interval of(Groups groups, double confidence) {
        double error = (1 - confidence) / 2;
        double rate = groups.mean();
        double size = effectiveSize(groups, rate, error);
        return new Interval(
                Math.min(rate, Binomial.lowerBound(rate * size, size, error)),
                Math.max(rate, Binomial.upperBound(rate * size, size, error)));
    }

    private static double effectiveSize(Groups groups, double rate, double error) {
        int clusters = groups.clusters();
        if (clusters == groups.n()) {
            return groups.n();
        }
        if (rate == 0 || rate == 1 || clusters < 2) {
            return clusters;
        }
        double between = 0;
        for (int c = 0; c < clusters; c++) {
            double residual = groups.sum(c) - rate * groups.size(c);
            between += residual * residual;
        }
        double n = groups.n();
        double variance = between * clusters / (clusters - 1) / (n * n);
        double ratio = studentQuantile(error, groups.n() - 1) / studentQuantile(error, clusters - 1);
        double size = variance == 0 ? n : rate * (1 - rate) / variance * ratio * ratio;
        return Math.min(n, size);
    }

    // The upper quantile of Student's t: its square is a ratio of a Beta variable and its complement.
    private static double studentQuantile(double error, int freedom) {
        double beta = IncompleteBeta.inverse(2 * error, 0.5 * freedom, 0.5);
        return Math.sqrt(freedom * (1 - beta) / beta);
    }
}
