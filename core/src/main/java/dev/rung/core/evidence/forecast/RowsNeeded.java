package dev.rung.core.evidence.forecast;

/**
 * How many labelled rows bring a learner to an accuracy, with the interval of that forecast; infinity stands for no number of rows.
 *
 * @param accuracy that is wanted, from 0 to 1
 * @param estimate rows in all, those at hand included
 * @param low at most {@code estimate}
 * @param high at least {@code estimate}
 * @param never the share of fitted curves that never reach it, from 0 to 1
 * @param confidence of the interval, strictly between 0 and 1
 */
public record RowsNeeded(double accuracy, double estimate, double low, double high, double never, double confidence) {
    public RowsNeeded {
        if (!(low <= estimate && estimate <= high)) {
            throw new IllegalArgumentException(estimate + " rows lie outside [" + low + ", " + high + "]");
        }
    }

    /** Tells whether some number of rows is expected to be enough. */
    public boolean expected() {
        return estimate < Double.POSITIVE_INFINITY;
    }
}
