package dev.rung.ladder.certificate;

import java.util.function.DoubleUnaryOperator;

/** Probabilities the plain way, by sums and by Simpson's rule: slower than what the climb uses, and sharing nothing with it. */
final class SimpleProbability {
    private static final int STEPS = 4_000;

    private SimpleProbability() {}

    /** Returns the probability of each number of successes in {@code n} trials of probability {@code p}, strictly between 0 and 1. */
    static double[] binomial(int n, double p) {
        double[] logFactorial = new double[n + 1];
        for (int i = 1; i <= n; i++) {
            logFactorial[i] = logFactorial[i - 1] + Math.log(i);
        }
        double[] probability = new double[n + 1];
        for (int k = 0; k <= n; k++) {
            double logChoose = logFactorial[n] - logFactorial[k] - logFactorial[n - k];
            probability[k] = Math.exp(logChoose + k * Math.log(p) + (n - k) * Math.log(1 - p));
        }
        return probability;
    }

    /** Returns the probability of {@code k} successes or more in {@code n} trials. */
    static double atLeast(int k, int n, double p) {
        double[] probability = binomial(n, p);
        double sum = 0;
        for (int i = k; i <= n; i++) {
            sum += probability[i];
        }
        return sum;
    }

    /** Returns the exact lower bound on a probability, for whole numbers of successes. */
    static double lowerBound(int successes, int n, double error) {
        return successes == 0 ? 0 : bisect(p -> atLeast(successes, n, p), error, 1e-15, 1 - 1e-15);
    }

    /** Returns the same bound for fractional numbers, from the Beta distribution that it is a quantile of. */
    static double lowerBound(double successes, double n, double error) {
        return successes <= 0 ? 0 : bisect(p -> beta(p, successes, n - successes + 1), error, 1e-15, 1 - 1e-15);
    }

    /** Integrates the Beta density over z = log(t / (1-t)), where it is smooth and dies off on both sides. */
    static double beta(double x, double a, double b) {
        double mode = Math.log(a / b);
        double spread = 12 * Math.sqrt(1 / a + 1 / b);
        double from = mode - 45 / a - spread;
        double to = mode + 45 / b + spread;
        double at = Math.clamp(Math.log(x / (1 - x)), from, to);
        double peak = logistic(mode, a, b);
        DoubleUnaryOperator density = z -> Math.exp(logistic(z, a, b) - peak);
        double below = simpson(density, from, at);
        return below / (below + simpson(density, at, to));
    }

    private static double logistic(double z, double a, double b) {
        double logT = z > 0 ? -Math.log1p(Math.exp(-z)) : z - Math.log1p(Math.exp(z));
        return a * logT + b * (logT - z);
    }

    /** Returns the upper quantile of Student's t: x = sqrt(freedom) tan(angle) has a density proportional to cos(angle)^(freedom-1). */
    static double student(double error, int freedom) {
        DoubleUnaryOperator density = angle -> Math.pow(Math.cos(angle), freedom - 1);
        double half = simpson(density, 0, Math.PI / 2);
        double angle = bisect(x -> -simpson(density, x, Math.PI / 2) / (2 * half), -error, 0, Math.PI / 2);
        return Math.sqrt(freedom) * Math.tan(angle);
    }

    static double normal(double x) {
        double area = simpson(z -> Math.exp(-0.5 * z * z), 0, Math.clamp(x, -9, 9)) / Math.sqrt(2 * Math.PI);
        return 0.5 + area;
    }

    static double normalQuantile(double p) {
        return bisect(SimpleProbability::normal, p, -8.5, 8.5);
    }

    private static double simpson(DoubleUnaryOperator f, double from, double to) {
        double step = (to - from) / STEPS;
        double sum = f.applyAsDouble(from) + f.applyAsDouble(to);
        for (int i = 1; i < STEPS; i++) {
            sum += (i % 2 == 0 ? 2 : 4) * f.applyAsDouble(from + i * step);
        }
        return sum * step / 3;
    }

    /** Returns where the rising function {@code f} reaches {@code value}. */
    static double bisect(DoubleUnaryOperator f, double value, double from, double to) {
        double low = from;
        double high = to;
        for (int i = 0; i < 48; i++) {
            double middle = (low + high) / 2;
            if (f.applyAsDouble(middle) < value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
