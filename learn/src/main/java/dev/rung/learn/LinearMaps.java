package dev.rung.learn;

import java.util.Arrays;

/**
 * The two passes over a {@link FeatureMatrix} that a linear model needs: weights to scores, and residuals to gradient.
 *
 * <p>Weights are one array of {@code labels} numbers for each column, then one for the intercepts, so that the innermost
 * loop runs over labels. Pieces depend on the matrix alone, and each writes its own rows (or columns), so results are the
 * same for any number of threads.
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

    float[][] zeroWeights() {
        return new float[matrix.columns() + 1][labels];
    }

    int rowPieces() {
        return (matrix.rows + ROWS_A_PIECE - 1) / ROWS_A_PIECE;
    }

    int firstRow(int piece) {
        return Math.min(matrix.rows, piece * ROWS_A_PIECE);
    }

    /** Writes the scores of all rows under {@code weights}. */
    void scores(float[][] weights, float[][] scores) {
        lanes.run(rowPieces(), piece -> {
            for (int row = firstRow(piece); row < firstRow(piece + 1); row++) {
                float[] to = scores[row];
                System.arraycopy(weights[matrix.columns()], 0, to, 0, labels);
                int start = matrix.rowStarts[row];
                int length = matrix.rowStarts[row + 1] - start;
                addAll(matrix.valueOfEntry, start, weights, matrix.columnOfEntry, start, length, to);
                addAllInOrder(matrix.dense[row], weights, matrix.sparseColumns, to);
            }
        });
    }

    /** Writes Σ over rows of feature · residual for every weight. */
    void gradient(float[][] residuals, float[][] gradient) {
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

    private void sparseGradient(int fromColumn, int toColumn, float[][] residuals, float[][] gradient) {
        float[] partial = new float[labels];
        double[] sum = new double[labels];
        for (int column = fromColumn; column < toColumn; column++) {
            int end = matrix.columnStarts[column + 1];
            for (int from = matrix.columnStarts[column]; from < end; from += ROWS_A_PARTIAL_SUM) {
                int length = Math.min(end - from, ROWS_A_PARTIAL_SUM);
                addAll(matrix.valueOfColumnEntry, from, residuals, matrix.rowOfColumnEntry, from, length, partial);
                flush(partial, sum);
            }
            store(sum, gradient[column]);
        }
    }

    private void denseGradient(int fromColumn, float[][] residuals, float[][] gradient) {
        int columns = Math.min(DENSE_COLUMNS_A_PIECE, matrix.denseColumns - fromColumn);
        float[][] partial = new float[columns][labels];
        double[][] sum = new double[columns][labels];
        for (int from = 0; from < matrix.rows; from += ROWS_A_PARTIAL_SUM) {
            int to = Math.min(matrix.rows, from + ROWS_A_PARTIAL_SUM);
            int row = from;
            for (; row + 3 < to; row += 4) {
                for (int column = 0; column < columns; column++) {
                    int place = fromColumn + column;
                    addFour(
                            matrix.dense[row][place],
                            residuals[row],
                            matrix.dense[row + 1][place],
                            residuals[row + 1],
                            matrix.dense[row + 2][place],
                            residuals[row + 2],
                            matrix.dense[row + 3][place],
                            residuals[row + 3],
                            partial[column]);
                }
            }
            for (; row < to; row++) {
                for (int column = 0; column < columns; column++) {
                    add(matrix.dense[row][fromColumn + column], residuals[row], partial[column]);
                }
            }
            for (int column = 0; column < columns; column++) {
                flush(partial[column], sum[column]);
            }
        }
        for (int column = 0; column < columns; column++) {
            store(sum[column], gradient[matrix.sparseColumns + fromColumn + column]);
        }
    }

    private void interceptGradient(float[][] residuals, float[][] gradient) {
        double[] sum = new double[labels];
        for (float[] residual : residuals) {
            for (int label = 0; label < labels; label++) {
                sum[label] += residual[label];
            }
        }
        store(sum, gradient[matrix.columns()]);
    }

    private static void flush(float[] partial, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += partial[i];
        }
        Arrays.fill(partial, 0);
    }

    private static void store(double[] sum, float[] to) {
        for (int i = 0; i < sum.length; i++) {
            to[i] = (float) sum[i];
        }
        Arrays.fill(sum, 0);
    }

    /** to += Σ factors[factorsAt + i] · rows[numbers[numbersAt + i]], for i below {@code length}. */
    static void addAll(
            float[] factors, int factorsAt, float[][] rows, int[] numbers, int numbersAt, int length, float[] to) {
        int i = 0;
        for (; i + 3 < length; i += 4) {
            int factor = factorsAt + i;
            int number = numbersAt + i;
            addFour(
                    factors[factor],
                    rows[numbers[number]],
                    factors[factor + 1],
                    rows[numbers[number + 1]],
                    factors[factor + 2],
                    rows[numbers[number + 2]],
                    factors[factor + 3],
                    rows[numbers[number + 3]],
                    to);
        }
        for (; i < length; i++) {
            add(factors[factorsAt + i], rows[numbers[numbersAt + i]], to);
        }
    }

    /** to += Σ factors[i] · rows[rowsAt + i]. */
    static void addAllInOrder(float[] factors, float[][] rows, int rowsAt, float[] to) {
        int i = 0;
        for (; i + 3 < factors.length; i += 4) {
            int row = rowsAt + i;
            addFour(
                    factors[i],
                    rows[row],
                    factors[i + 1],
                    rows[row + 1],
                    factors[i + 2],
                    rows[row + 2],
                    factors[i + 3],
                    rows[row + 3],
                    to);
        }
        for (; i < factors.length; i++) {
            add(factors[i], rows[rowsAt + i], to);
        }
    }

    /** to += factor · from. */
    static void add(float factor, float[] from, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * from[i];
        }
    }

    /**
     * to += a · rowA + b · rowB + c · rowC + d · rowD: the loop that all the time goes to.
     *
     * <p>Whole arrays with one index are what the compiler turns into SIMD; offsets into one long array it leaves scalar,
     * since it cannot rule out that they overlap.
     */
    private static void addFour(
            float a, float[] rowA, float b, float[] rowB, float c, float[] rowC, float d, float[] rowD, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += (a * rowA[i] + b * rowB[i]) + (c * rowC[i] + d * rowD[i]);
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
