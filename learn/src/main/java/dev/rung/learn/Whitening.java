package dev.rung.learn;

import java.util.List;

/**
 * A linear map after which rows have unit covariance, so that plain distance is Mahalanobis distance.
 *
 * <p>The covariance is shrunk towards a multiple of the identity by Ledoit &amp; Wolf, "A well-conditioned estimator for
 * large-dimensional covariance matrices" (2004), so that it can be inverted however few the rows. Immutable.
 */
final class Whitening {
    /** Row i of the inverse of the Cholesky factor: i + 1 numbers. */
    final float[][] inverseFactor;

    Whitening(float[][] inverseFactor) {
        this.inverseFactor = inverseFactor;
    }

    /** Learns the map from {@code rows}, each of mean zero already. */
    static Whitening fit(List<float[]> rows, Lanes lanes) {
        int width = rows.getFirst().length;
        double[][] covariance = new double[width][width];
        lanes.run(width, column -> {
            double[] sums = covariance[column];
            for (float[] row : rows) {
                double by = row[column];
                for (int other = 0; other < sums.length; other++) {
                    sums[other] += by * row[other];
                }
            }
            for (int other = 0; other < sums.length; other++) {
                sums[other] /= rows.size();
            }
        });
        shrink(covariance, rows);
        return new Whitening(inverseOfFactor(covariance));
    }

    float[] apply(float[] row) {
        float[] white = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            float[] factor = inverseFactor[i];
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                sum += (double) factor[j] * row[j];
            }
            white[i] = (float) sum;
        }
        return white;
    }

    /** Equations 6 to 14 of the paper: the share of the identity that minimises the expected squared error. */
    private static void shrink(double[][] covariance, List<float[]> rows) {
        int width = covariance.length;
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < width; i++) {
            mean += covariance[i][i] / width;
            for (double value : covariance[i]) {
                squares += value * value;
            }
        }
        double fourth = 0;
        for (float[] row : rows) {
            double length = VectorMath.dot(row, row);
            fourth += length * length;
        }
        double spread = squares / width - mean * mean;
        double noise = Math.max(0, fourth / rows.size() - squares) / rows.size() / width;
        double share = spread <= 0 ? 1 : Math.min(1, noise / spread);
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) {
                covariance[i][j] *= 1 - share;
            }
            covariance[i][i] += Math.max(share * mean, 1e-9);
        }
    }

    private static float[][] inverseOfFactor(double[][] matrix) {
        int width = matrix.length;
        double[][] factor = new double[width][];
        double[][] inverse = new double[width][];
        for (int i = 0; i < width; i++) {
            factor[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[i][k] * factor[j][k];
                }
                factor[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / factor[j][j];
            }
        }
        for (int i = 0; i < width; i++) {
            inverse[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double sum = i == j ? 1 : 0;
                for (int k = j; k < i; k++) {
                    sum -= factor[i][k] * inverse[k][j];
                }
                inverse[i][j] = sum / factor[i][i];
            }
        }
        float[][] rounded = new float[width][];
        for (int i = 0; i < width; i++) {
            rounded[i] = new float[i + 1];
            for (int j = 0; j <= i; j++) {
                rounded[i][j] = (float) inverse[i][j];
            }
        }
        return rounded;
    }
}
