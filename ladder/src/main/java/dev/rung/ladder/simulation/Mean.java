package dev.rung.ladder.simulation;

import dev.rung.core.statistics.Normal;

/**
 * The mean of a number over many worlds, with a 99 % interval from its standard error.
 *
 * @param error the standard error
 */
public record Mean(double value, double error) {
    private static final double REACH = Normal.quantile(1 - (1 - Share.CONFIDENCE) / 2);

    /** Returns the mean of {@code n} whole numbers with these sums; {@code n} is at least 2. */
    static Mean of(long sum, long sumOfSquares, long n) {
        double mean = (double) sum / n;
        double variance = (sumOfSquares - sum * mean) / (n - 1);
        return new Mean(mean, Math.sqrt(Math.max(0, variance) / n));
    }

    /** Returns the mean in other units. */
    Mean times(double factor) {
        return new Mean(value * factor, error * Math.abs(factor));
    }

    public double low() {
        return value - REACH * error;
    }

    public double high() {
        return value + REACH * error;
    }
}
