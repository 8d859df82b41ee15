package dev.rung.learn;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a vector lies from each label's rows, and how much nearer than from all rows together.
 *
 * <p>Mahalanobis distances with one covariance for all labels (Lee et al., NeurIPS 2018), and the same relative to the
 * distance under a single Gaussian of all rows (Ren et al., "A Simple Fix to Mahalanobis Distance", 2021). Immutable.
 */
final class LabelDistances {
    final Whitening within;
    /** Whitened mean of each label; empty for one without rows. */
    final float[][] means;

    final Whitening overall;
    final float[] overallMean;

    LabelDistances(Whitening within, float[][] means, Whitening overall, float[] overallMean) {
        this.within = within;
        this.means = means;
        this.overall = overall;
        this.overallMean = overallMean;
    }

    /** Learns from scaled vectors. */
    static LabelDistances fit(List<float[]> vectors, int[] labelOfRow, int labels, int outOfScope, Lanes lanes) {
        int width = vectors.getFirst().length;
        double[][] sums = new double[labels][width];
        double[] all = new double[width];
        int[] counts = new int[labels];
        int inside = 0;
        for (int row = 0; row < labelOfRow.length; row++) {
            int label = labelOfRow[row];
            counts[label]++;
            inside += label == outOfScope ? 0 : 1;
            for (int i = 0; i < width; i++) {
                sums[label][i] += vectors.get(row)[i];
                all[i] += label == outOfScope ? 0 : vectors.get(row)[i];
            }
        }
        float[][] means = new float[labels][];
        for (int label = 0; label < labels; label++) {
            means[label] = mean(sums[label], counts[label]);
        }
        float[] overallMean = mean(all, inside);
        List<float[]> aroundLabel = new ArrayList<>();
        List<float[]> aroundAll = new ArrayList<>();
        for (int row = 0; row < labelOfRow.length; row++) {
            if (labelOfRow[row] != outOfScope) {
                aroundLabel.add(minus(vectors.get(row), means[labelOfRow[row]]));
                aroundAll.add(minus(vectors.get(row), overallMean));
            }
        }
        Whitening within = Whitening.fit(aroundLabel, lanes);
        Whitening overall = Whitening.fit(aroundAll, lanes);
        float[][] white = new float[labels][];
        for (int label = 0; label < labels; label++) {
            white[label] = counts[label] == 0 ? new float[0] : within.apply(means[label]);
        }
        return new LabelDistances(within, white, overall, overall.apply(overallMean));
    }

    /** Returns the nearest in-scope distance, the same relative, and out-of-scope's own minus nearest. */
    float[] describe(float[] vector, int outOfScope) {
        float[] white = within.apply(vector);
        double nearest = Double.MAX_VALUE;
        double outside = Double.NaN;
        for (int label = 0; label < means.length; label++) {
            if (means[label].length > 0) {
                double distance = squaredDistance(white, means[label]);
                if (label == outOfScope) {
                    outside = distance;
                } else {
                    nearest = Math.min(nearest, distance);
                }
            }
        }
        double width = vector.length;
        double background = squaredDistance(overall.apply(vector), overallMean);
        return new float[] {
            (float) (nearest / width),
            (float) ((nearest - background) / width),
            Double.isNaN(outside) ? 0 : (float) ((outside - nearest) / width)
        };
    }

    private static double squaredDistance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) a[i] - b[i];
            sum += difference * difference;
        }
        return sum;
    }

    private static float[] mean(double[] sums, int count) {
        float[] mean = new float[sums.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sums[i] / Math.max(1, count));
        }
        return mean;
    }

    private static float[] minus(float[] a, float[] b) {
        float[] difference = a.clone();
        LinearMaps.add(-1, b, difference);
        return difference;
    }
}
