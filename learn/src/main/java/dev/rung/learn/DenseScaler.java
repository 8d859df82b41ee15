package dev.rung.learn;

import java.util.List;

/**
 * Moves dense features to mean 0 and gives each the same spread, then scales so that the mean squared length of each part
 * of a training row is one.
 *
 * <p>A solver that stops at a fixed tolerance stops too early on features of unequal, small spread such as those of
 * unit-length embeddings. Immutable and thread-safe.
 */
public final class DenseScaler {
    final float[] means;
    final float[] factors;

    DenseScaler(float[] means, float[] factors) {
        this.means = means;
        this.factors = factors;
    }

    /** Learns means and spreads from {@code rows}, equally long and at least one, each a single part. */
    public static DenseScaler fit(List<float[]> rows) {
        return fit(rows, 1);
    }

    /** Learns means and spreads from {@code rows} of so many parts of equal length. */
    public static DenseScaler fit(List<float[]> rows, int parts) {
        int width = rows.getFirst().length;
        double[] sums = new double[width];
        double[] squares = new double[width];
        for (float[] row : rows) {
            for (int column = 0; column < width; column++) {
                sums[column] += row[column];
                squares[column] += (double) row[column] * row[column];
            }
        }
        float[] means = new float[width];
        float[] factors = new float[width];
        for (int column = 0; column < width; column++) {
            double mean = sums[column] / rows.size();
            double variance = Math.max(0, squares[column] / rows.size() - mean * mean);
            means[column] = (float) mean;
            factors[column] = variance < 1e-12 ? 0 : (float) (1 / Math.sqrt(variance * width / parts));
        }
        return new DenseScaler(means, factors);
    }

    /** Returns {@code row} scaled; a feature that never varied becomes 0. */
    public float[] scale(float[] row) {
        if (row.length != means.length) {
            throw new IllegalArgumentException(row.length + " dense features, expected " + means.length);
        }
        float[] scaled = new float[row.length];
        for (int column = 0; column < row.length; column++) {
            scaled[column] = (row[column] - means[column]) * factors[column];
        }
        return scaled;
    }

    public int width() {
        return means.length;
    }
}
