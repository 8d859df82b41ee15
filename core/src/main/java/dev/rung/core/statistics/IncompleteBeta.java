package dev.rung.core.statistics;

/**
 * The regularised incomplete beta function and its inverse, on which binomial and Student's t probabilities rest.
 *
 * <p>The continued fraction is DLMF 8.17.22, evaluated by the method of Lentz (1976) as modified by Thompson and Barnett (1986). The power in front of it
 * is a saddle-point expansion (Loader 2000, "Fast and accurate computation of binomial probabilities"), which loses no digits where log-gamma
 * functions of large arguments would cancel.
 */
public final class IncompleteBeta {
    private static final int MOST_TERMS = 1_000_000;
    private static final double TINY = 1e-300;

    private IncompleteBeta() {}

    /** Returns the probability that a Beta(a, b) variable is at most {@code x}; {@code a} and {@code b} positive. */
    public static double regularized(double x, double a, double b) {
        if (x <= 0) {
            return 0;
        }
        if (x >= 1) {
            return 1;
        }
        return x < (a + 1) / (a + b + 2) ? lower(x, a, b) : 1 - lower(1 - x, b, a);
    }

    /** Returns the x at which {@link #regularized} is {@code p}, by bisection down to neighbouring floating-point numbers. */
    public static double inverse(double p, double a, double b) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < 200; i++) {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) {
                break;
            }
            if (regularized(middle, a, b) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    /** Returns x^a (1-x)^b / B(a, b), for {@code x} strictly between 0 and 1. */
    static double density(double x, double a, double b) {
        return StrictMath.exp(logPower(x, a, b));
    }

    private static double lower(double x, double a, double b) {
        return density(x, a, b) * fraction(x, a, b) / a;
    }

    // The logarithm of x^a (1-x)^b / B(a, b).
    private static double logPower(double x, double a, double b) {
        double n = a + b;
        return stirlingError(n)
                - stirlingError(a)
                - stirlingError(b)
                - deviance(a, n * x)
                - deviance(b, n * (1 - x))
                + 0.5 * StrictMath.log(a * b / (2 * Math.PI * n));
    }

    // log Gamma(z+1) less Stirling's approximation of it: its asymptotic series from 15 on, and a recurrence down to
    // smaller z.
    private static double stirlingError(double z) {
        double sum = 0;
        double at = z;
        while (at < 15) {
            sum += (at + 0.5) * StrictMath.log1p(1 / at) - 1;
            at++;
        }
        double square = 1 / (at * at);
        return sum
                + (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square * (1 / 1680.0 - square / 1188.0))))
                        / at;
    }

    // x log(x/mean) + mean - x, without cancellation where x is near the mean.
    private static double deviance(double x, double mean) {
        double difference = x - mean;
        if (Math.abs(difference) >= 0.1 * (x + mean)) {
            return x * StrictMath.log(x / mean) + mean - x;
        }
        double ratio = difference / (x + mean);
        double sum = difference * ratio;
        double power = 2 * x * ratio;
        for (int k = 1; ; k++) {
            power *= ratio * ratio;
            double next = sum + power / (2 * k + 1);
            if (next == sum) {
                return sum;
            }
            sum = next;
        }
    }

    private static double fraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / awayFromZero(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m <= MOST_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / awayFromZero(1 + even * d);
            c = awayFromZero(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / awayFromZero(1 + odd * d);
            c = awayFromZero(1 + odd / c);
            double factor = d * c;
            value *= factor;
            if (Math.abs(factor - 1) < 1e-15) {
                return value;
            }
        }
        throw new ArithmeticException("no incomplete beta for x=" + x + ", a=" + a + ", b=" + b);
    }

    private static double awayFromZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
