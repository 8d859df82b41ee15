package dev.rung.learn;

/**
 * The one number by which scores are divided so that their probabilities match how often the label is right.
 *
 * <p>Source: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML 2017, section 4.2.
 *
 * @param value above 0; above 1 makes a model less sure of itself
 */
public record Temperature(double value) {
    /** The temperature that changes nothing. */
    public static final Temperature NEUTRAL = new Temperature(1);

    /** Scores are not sharpened or flattened more than this: with few rows, all answered right, there is no optimum. */
    private static final double MOST = 20;

    public Temperature {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("a temperature is above 0 and finite, found " + value);
        }
    }

    /**
     * Returns the temperature, from 1/20 to 20, with the least mean log loss on the rows, which must be rows the scores
     * were not fitted to.
     *
     * <p>Log loss is convex in 1 / temperature, so bisection on its slope finds the minimum.
     *
     * @param labelOfRow the right labels; rows with a negative label do not count
     */
    public static Temperature fit(ScoreTable scores, int[] labelOfRow) {
        double low = 1 / MOST;
        double high = MOST;
        for (int halving = 0; halving < 60; halving++) {
            double middle = Math.sqrt(low * high);
            if (slope(scores, labelOfRow, middle) > 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return new Temperature(1 / Math.sqrt(low * high));
    }

    /** Returns the probabilities of every row. */
    public ScoreTable probabilities(ScoreTable scores) {
        float[][] probabilities = new float[scores.rows()][];
        for (int row = 0; row < probabilities.length; row++) {
            probabilities[row] = Softmax.probabilities(scores.scores[row], value);
        }
        return new ScoreTable(scores.labels(), probabilities);
    }

    /** The derivative of the summed log loss by 1 / temperature: expected score minus score of the truth. */
    private static double slope(ScoreTable scores, int[] labelOfRow, double inverse) {
        double slope = 0;
        for (int row = 0; row < scores.rows(); row++) {
            if (labelOfRow[row] >= 0) {
                float[] of = scores.scores[row];
                float[] probabilities = Softmax.probabilities(of, 1 / inverse);
                slope += VectorMath.dot(probabilities, of) - of[labelOfRow[row]];
            }
        }
        return slope;
    }
}
