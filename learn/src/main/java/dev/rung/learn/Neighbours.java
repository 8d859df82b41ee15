package dev.rung.learn;

import java.util.Arrays;

/**
 * What the training rows nearest to a text say: every row votes for its label, the more so the nearer it lies.
 *
 * <p>A row's weight is exp(cosine / {@value #TEMPERATURE}) (the regression estimate of Nadaraya and Watson, 1964, with a kernel on the sphere). The cosine is
 * between the sums of the parts of two vectors. Where messages come in many phrasings of few kinds, as in banking, this sees what no linear head can. Vectors
 * are kept column by column, so that one pass over them is the loop that the compiler turns into SIMD. Immutable and thread-safe.
 */
final class Neighbours {
    /** Numbers in {@link #describe}. */
    static final int DESCRIBED = 3;

    private static final double TEMPERATURE = 0.015;
    /** A label that no near row votes for has this share, or one absent label would outvote all heads. */
    private static final double LEAST_SHARE = 1e-3;
    /** Beyond this many rows an even sample of them is kept: the time of an answer grows with each. */
    private static final int MOST_ROWS = 20_000;

    private static final int NEAREST = 5;

    /** One array of rows for each dimension. */
    final float[][] columns;

    final int[] labelOfRow;
    final int labels;
    final int parts;

    Neighbours(float[][] columns, int[] labelOfRow, int labels, int parts) {
        this.columns = columns;
        this.labelOfRow = labelOfRow;
        this.labels = labels;
        this.parts = parts;
    }

    /** Keeps the lessons' rows, which must have vectors. */
    static Neighbours of(Lessons lessons) {
        int rows = Math.min(MOST_ROWS, lessons.size());
        float[][] columns = new float[lessons.width() / lessons.parts()][rows];
        int[] labelOfRow = new int[rows];
        for (int row = 0; row < rows; row++) {
            int from = (int) ((long) row * lessons.size() / rows);
            float[] direction = direction(lessons.vectors().get(from), lessons.parts());
            for (int dimension = 0; dimension < columns.length; dimension++) {
                columns[dimension][row] = direction[dimension];
            }
            labelOfRow[row] = lessons.labelOfText()[from];
        }
        return new Neighbours(columns, labelOfRow, lessons.labels(), lessons.parts());
    }

    /** The cosine of every kept row to one text. */
    float[] cosines(float[] vector) {
        float[] cosines = new float[labelOfRow.length];
        LinearMaps.addAllInOrder(direction(vector, parts), columns, 0, cosines);
        return cosines;
    }

    /** Returns ln of each label's share of the votes, which is a score like those of the heads. */
    float[] votes(float[] cosines) {
        float nearest = Float.NEGATIVE_INFINITY;
        for (float cosine : cosines) {
            nearest = Math.max(nearest, cosine);
        }
        float unheard = (float) (nearest - 15 * TEMPERATURE); // a weight below 1e-6 of the nearest row's
        double[] shares = new double[labels];
        double all = 0;
        for (int row = 0; row < cosines.length; row++) {
            if (cosines[row] > unheard) {
                double weight = Math.exp((cosines[row] - nearest) / TEMPERATURE);
                shares[labelOfRow[row]] += weight;
                all += weight;
            }
        }
        float[] votes = new float[labels];
        for (int label = 0; label < labels; label++) {
            votes[label] = (float) Math.log(shares[label] / all + LEAST_SHARE);
        }
        return votes;
    }

    /** Returns the cosine to the nearest in-scope row, the mean of that to the five nearest, and the lead of the nearest out-of-scope row. */
    float[] describe(float[] cosines, int outOfScope) {
        float[] nearest = new float[NEAREST];
        Arrays.fill(nearest, -1);
        float outside = -1;
        for (int row = 0; row < cosines.length; row++) {
            if (labelOfRow[row] == outOfScope) {
                outside = Math.max(outside, cosines[row]);
            } else if (cosines[row] > nearest[0]) {
                nearest[0] = cosines[row];
                Arrays.sort(nearest);
            }
        }
        float sum = 0;
        for (float cosine : nearest) {
            sum += cosine;
        }
        float best = nearest[NEAREST - 1];
        return new float[] {best, sum / NEAREST, outside - best};
    }

    private static float[] direction(float[] vector, int parts) {
        float[] direction = new float[vector.length / parts];
        for (int i = 0; i < vector.length; i++) {
            direction[i % direction.length] += vector[i];
        }
        float scale = (float) (1 / Math.sqrt(Math.max(1e-30, VectorMath.dot(direction, direction))));
        for (int i = 0; i < direction.length; i++) {
            direction[i] *= scale;
        }
        return direction;
    }
}
