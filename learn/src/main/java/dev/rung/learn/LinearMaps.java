package dev.rung.learn;

import java.util.Arrays;

/**
 * The two passes over a {@link FeatureMatrix} that a linear model needs: weights to scores, and residuals to gradient.
 *
 * <p>Weights are one row of {@code labels} numbers for each column, then one for the intercept, so that an entry of the
 * matrix touches neighbouring numbers and the innermost loop runs over labels. Pieces depend on the matrix alone, and
 * each writes its own rows (or columns), so results are the same for any number of threads.
 */
final class LinearMaps {
    private static final int ROWS_A_PIECE = 64;
    private static final int ENTRIES_A_PIECE = 1 << 14;
    private static final int DENSE_COLUMNS_A_PIECE = 16;
    /** Sums in float are moved to double after this many rows, which keeps their error near one rounding. */
    private static final int ROWS_A_PARTIAL_SUM = 256;

    private final FeatureMatrix matrix;
    private final int labels;
    private final Lanes lanes;
    private final int[] columnPieces;

    LinearMaps(FeatureMatrix matrix, int labels, Lanes lanes) {
        this.matrix = matrix;
        this.labels = labels;
        this.lanes = lanes;
        this.columnPieces = columnPieces(matrix);
    }

    /** Returns how many weights there are. */
    int weights() {
        return Math.multiplyExact(matrix.columns() + 1, labels);
    }

    int rowPieces() {
        return (matrix.rows + ROWS_A_PIECE - 1) / ROWS_A_PIECE;
    }

    int firstRow(int piece) {
        return Math.min(matrix.rows, piece * ROWS_A_PIECE);
    }

    /** Writes the scores of all rows under {@code weights}. */
    void scores(float[] weights, float[] scores) {
        lanes.run(rowPieces(), piece -> {
            for (int row = firstRow(piece); row < firstRow(piece + 1); row++) {
                scoresOfRow(row, weights, scores);
            }
        });
    }

    private void scoresOfRow(int row, float[] weights, float[] scores) {
        int to = row * labels;
        System.arraycopy(weights, matrix.columns() * labels, scores, to, labels);
        for (int entry = matrix.rowStarts[row]; entry < matrix.rowStarts[row + 1]; entry++) {
            add(matrix.valueOfEntry[entry], weights, matrix.columnOfEntry[entry] * labels, scores, to, labels);
        }
        int from = row * matrix.denseColumns;
        for (int column = 0; column < matrix.denseColumns; column++) {
            add(matrix.dense[from + column], weights, (matrix.sparseColumns + column) * labels, scores, to, labels);
        }
    }

    /** Writes Σ over rows of feature · residual for every weight. */
    void gradient(float[] residuals, float[] gradient) {
        int sparsePieces = columnPieces.length - 1;
        int densePieces = (matrix.denseColumns + DENSE_COLUMNS_A_PIECE - 1) / DENSE_COLUMNS_A_PIECE;
        lanes.run(sparsePieces + densePieces + 1, piece -> {
            if (piece < densePieces) {
                denseGradient(piece * DENSE_COLUMNS_A_PIECE, residuals, gradient);
            } else if (piece < densePieces + sparsePieces) {
                int sparse = piece - densePieces;
                sparseGradient(columnPieces[sparse], columnPieces[sparse + 1], residuals, gradient);
            } else {
                interceptGradient(residuals, gradient);
            }
        });
    }

    private void sparseGradient(int fromColumn, int toColumn, float[] residuals, float[] gradient) {
        float[] partial = new float[labels];
        double[] sum = new double[labels];
        for (int column = fromColumn; column < toColumn; column++) {
            int end = matrix.columnStarts[column + 1];
            for (int from = matrix.columnStarts[column]; from < end; from += ROWS_A_PARTIAL_SUM) {
                for (int entry = from; entry < Math.min(end, from + ROWS_A_PARTIAL_SUM); entry++) {
                    int row = matrix.rowOfColumnEntry[entry];
                    add(matrix.valueOfColumnEntry[entry], residuals, row * labels, partial, 0, labels);
                }
                flush(partial, 0, sum, 0, labels);
            }
            store(sum, 0, gradient, column * labels, labels);
        }
    }

    private void denseGradient(int fromColumn, float[] residuals, float[] gradient) {
        int columns = Math.min(DENSE_COLUMNS_A_PIECE, matrix.denseColumns - fromColumn);
        float[] partial = new float[columns * labels];
        double[] sum = new double[columns * labels];
        for (int from = 0; from < matrix.rows; from += ROWS_A_PARTIAL_SUM) {
            for (int row = from; row < Math.min(matrix.rows, from + ROWS_A_PARTIAL_SUM); row++) {
                int place = row * matrix.denseColumns + fromColumn;
                for (int column = 0; column < columns; column++) {
                    add(matrix.dense[place + column], residuals, row * labels, partial, column * labels, labels);
                }
            }
            flush(partial, 0, sum, 0, partial.length);
        }
        store(sum, 0, gradient, (matrix.sparseColumns + fromColumn) * labels, sum.length);
    }

    private void interceptGradient(float[] residuals, float[] gradient) {
        double[] sum = new double[labels];
        for (int row = 0; row < matrix.rows; row++) {
            for (int label = 0; label < labels; label++) {
                sum[label] += residuals[row * labels + label];
            }
        }
        store(sum, 0, gradient, matrix.columns() * labels, labels);
    }

    private static void flush(float[] partial, int partialAt, double[] sum, int sumAt, int length) {
        for (int i = 0; i < length; i++) {
            sum[sumAt + i] += partial[partialAt + i];
        }
        Arrays.fill(partial, partialAt, partialAt + length, 0);
    }

    private static void store(double[] sum, int sumAt, float[] to, int toAt, int length) {
        for (int i = 0; i < length; i++) {
            to[toAt + i] = (float) sum[sumAt + i];
        }
        Arrays.fill(sum, sumAt, sumAt + length, 0);
    }

    /** to[toAt …] += factor · from[fromAt …], the loop that all the time goes to; the compiler makes it SIMD. */
    static void add(float factor, float[] from, int fromAt, float[] to, int toAt, int length) {
        for (int i = 0; i < length; i++) {
            to[toAt + i] += factor * from[fromAt + i];
        }
    }

    private static int[] columnPieces(FeatureMatrix matrix) {
        int[] bounds = new int[matrix.sparseColumns + 2];
        int pieces = 0;
        int start = 0;
        for (int column = 0; column < matrix.sparseColumns; column++) {
            boolean last = column == matrix.sparseColumns - 1;
            if (last || matrix.columnStarts[column + 1] - matrix.columnStarts[start] >= ENTRIES_A_PIECE) {
                bounds[++pieces] = column + 1;
                start = column + 1;
            }
        }
        return Arrays.copyOf(bounds, pieces + 1);
    }
}
