package dev.rung.ladder.simulation;

import dev.rung.core.statistics.Binomial;

/**
 * In how many of the worlds something happened, with the 99 % interval of Clopper and Pearson for how often it would in all.
 *
 * @param of how many worlds; at least 1
 */
public record Share(long hits, long of) {
    /** The confidence of every Monte-Carlo interval. */
    public static final double CONFIDENCE = 0.99;

    private static final double ERROR = (1 - CONFIDENCE) / 2;

    public Share {
        if (of < 1 || hits < 0 || hits > of) {
            throw new IllegalArgumentException(hits + " of " + of);
        }
    }

    public double value() {
        return (double) hits / of;
    }

    public double low() {
        return Binomial.lowerBound((double) hits, (double) of, ERROR);
    }

    public double high() {
        return Binomial.upperBound((double) hits, (double) of, ERROR);
    }
}
