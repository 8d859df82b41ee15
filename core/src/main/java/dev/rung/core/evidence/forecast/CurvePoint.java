package dev.rung.core.evidence.forecast;

/**
 * One measurement of a learning curve: a learner was trained once and answered rows that it had not seen.
 *
 * @param rows labelled rows that it was trained on, 1 or more
 * @param right held-out rows answered right, 0 to {@code answered}
 * @param answered held-out rows answered, 1 or more
 * @param heldOut which set of held-out rows answered: measurements with one number share their rows, and so their luck with them
 */
public record CurvePoint(int rows, int right, int answered, int heldOut) {
    public CurvePoint {
        if (rows < 1 || answered < 1 || right < 0 || right > answered) {
            throw new IllegalArgumentException(right + " of " + answered + " right after " + rows + " rows");
        }
    }

    /** A measurement on the one set of held-out rows that there is. */
    public CurvePoint(int rows, int right, int answered) {
        this(rows, right, answered, 0);
    }

    /** Returns the share of right answers, from 0 to 1. */
    public double accuracy() {
        return (double) right / answered;
    }
}
