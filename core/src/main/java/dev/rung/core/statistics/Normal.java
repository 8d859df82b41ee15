package dev.rung.core.statistics;

/** The standard normal distribution, by Marsaglia's series (2004, "Evaluating the normal distribution"). */
public final class Normal {
    private Normal() {}

    /** Returns the probability of a value of at most {@code x}, to about 1e-15. */
    public static double cdf(double x) {
        if (Math.abs(x) > 8.5) {
            return x < 0 ? 0 : 1;
        }
        double term = x;
        double sum = x;
        for (int k = 3; ; k += 2) {
            term *= x * x / k;
            double next = sum + term;
            if (next == sum) {
                return 0.5 + sum * StrictMath.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
            }
            sum = next;
        }
    }

    /** Returns the x at which {@link #cdf} is {@code p}, strictly between 0 and 1. */
    public static double quantile(double p) {
        double low = -8.5;
        double high = 8.5;
        for (int i = 0; i < 60; i++) {
            double middle = 0.5 * (low + high);
            if (cdf(middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }
}
