package dev.rung.core.statistics;

/**
 * Exact bounds on a probability from successes in independent trials (Clopper and Pearson 1934, "The use of confidence or fiducial limits").
 *
 * <p>Counts may be fractional, for effective sample sizes.
 */
public final class Binomial {
    private Binomial() {}

    /** Returns the bound that lies above the true probability with chance at most {@code error}. */
    public static double lowerBound(double successes, double trials, double error) {
        return successes <= 0 ? 0 : IncompleteBeta.inverse(error, successes, trials - successes + 1);
    }

    /** Returns the bound that lies below the true probability with chance at most {@code error}. */
    public static double upperBound(double successes, double trials, double error) {
        return 1 - lowerBound(trials - successes, trials, error);
    }

    /** Returns the probability of {@code successes} or more in {@code trials}, each with probability {@code p}. */
    public static double atLeast(int successes, int trials, double p) {
        if (successes <= 0) {
            return 1;
        }
        return successes > trials ? 0 : IncompleteBeta.regularized(p, successes, trials - successes + 1.0);
    }

    /** Returns the probability of exactly {@code successes} in {@code trials}, each with probability {@code p}, strictly between 0 and 1. */
    public static double probability(int successes, int trials, double p) {
        if (successes < 0 || successes > trials) {
            return 0;
        }
        if (successes == 0 || successes == trials) {
            return StrictMath.exp(successes == 0 ? trials * StrictMath.log1p(-p) : trials * StrictMath.log(p));
        }
        int failures = trials - successes;
        return IncompleteBeta.density(p, successes, failures) * trials / ((double) successes * failures);
    }

    /** Returns the probability of at most {@code successes} in {@code trials}, each with probability {@code p}. */
    public static double atMost(int successes, int trials, double p) {
        if (successes < 0) {
            return 0;
        }
        return successes >= trials ? 1 : IncompleteBeta.regularized(1 - p, trials - successes, successes + 1.0);
    }
}
