package dev.rung.learn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Multinomial logistic regression with an L2 penalty over sparse and dense features, fitted to convergence.
 *
 * <p>Deterministic: the same rows and settings give the same weights to the last bit on any number of threads.
 */
public final class LogisticRegression {
    private LogisticRegression() {}

    /** A fitted head and how the fit ended. */
    public record Fit(LinearHead head, FitReport report) {}

    /** Fits with every row counting alike, from zero weights. */
    public static Fit fit(FeatureMatrix matrix, int[] labelOfRow, int labels, SolverSettings settings, Lanes lanes) {
        return fit(matrix, labelOfRow, labels, settings, null, lanes);
    }

    /** Fits with every row counting alike, from {@code start}, or from zero weights. */
    static Fit fit(
            FeatureMatrix matrix,
            int[] labelOfRow,
            int labels,
            SolverSettings settings,
            @Nullable LinearHead start,
            Lanes lanes) {
        float[] weights = new float[matrix.rows()];
        Arrays.fill(weights, 1);
        return fit(matrix, labelOfRow, weights, labels, settings, start, lanes);
    }

    /**
     * Fits.
     *
     * @param labelOfRow 0 to {@code labels} − 1 for each row
     * @param weightOfRow how much each row's loss counts, 0 or more, not all 0
     * @param start a head of the same shape to start from (the last on a path of penalties), or null for zero
     * @throws IllegalArgumentException when sizes do not match or a label is out of range
     */
    public static Fit fit(
            FeatureMatrix matrix,
            int[] labelOfRow,
            float[] weightOfRow,
            int labels,
            SolverSettings settings,
            @Nullable LinearHead start,
            Lanes lanes) {
        check(matrix, labelOfRow, weightOfRow, labels);
        double total = 0;
        for (float weight : weightOfRow) {
            total += weight;
        }
        float[] shares = new float[weightOfRow.length];
        for (int row = 0; row < shares.length; row++) {
            shares[row] = (float) (weightOfRow[row] / total);
        }
        LogisticDescent descent = new LogisticDescent(matrix, labelOfRow, shares, labels, settings, lanes);
        LogisticDescent.Result result = descent.descend(start == null ? null : start.weights);
        return new Fit(
                new LinearHead(matrix.sparseColumns, matrix.denseColumns, labels, result.weights), result.report);
    }

    private static void check(FeatureMatrix matrix, int[] labelOfRow, float[] weightOfRow, int labels) {
        if (matrix.rows() == 0) {
            throw new IllegalArgumentException("no rows to learn from");
        }
        if (labelOfRow.length != matrix.rows() || weightOfRow.length != matrix.rows()) {
            throw new IllegalArgumentException(matrix.rows() + " rows but " + labelOfRow.length + " labels and "
                    + weightOfRow.length + " weights");
        }
        for (int label : labelOfRow) {
            if (label < 0 || label >= labels) {
                throw new IllegalArgumentException("label " + label + " is not in 0 to " + (labels - 1));
            }
        }
    }
}
