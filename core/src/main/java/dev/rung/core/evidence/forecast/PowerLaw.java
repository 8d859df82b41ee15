package dev.rung.core.evidence.forecast;

/**
 * An error that falls with the number of rows towards a floor: {@code error(n) = floor + scale · n^-decay} (Hestness et al. 2017, "Deep learning scaling is
 * predictable, empirically"; Viering and Loog 2023, "The shape of learning curves: a review").
 *
 * @param floor the error that no number of rows removes, from 0 to 1
 * @param scale at least 0; 0 for an error that does not fall
 * @param decay above 0
 */
public record PowerLaw(double floor, double scale, double decay) {
    public PowerLaw {
        if (!(floor >= 0 && floor <= 1) || !(scale >= 0) || !(decay > 0)) {
            throw new IllegalArgumentException("no power law: " + floor + " + " + scale + " n^-" + decay);
        }
    }

    /** Returns the error expected after {@code rows} rows, from 0 to 1. */
    public double error(double rows) {
        return Math.min(1, floor + scale * StrictMath.pow(rows, -decay));
    }

    /** Returns how many rows bring the error down to {@code error}; infinite when none do. */
    public double rowsFor(double error) {
        if (error >= 1) {
            return 0;
        }
        if (error <= floor) {
            return scale == 0 && error == floor ? 0 : Double.POSITIVE_INFINITY;
        }
        return scale == 0 ? 0 : StrictMath.pow((error - floor) / scale, -1 / decay);
    }
}
