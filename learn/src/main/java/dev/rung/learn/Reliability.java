package dev.rung.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well stated confidence matches the share of right answers.
 *
 * @param bins by confidence, ascending; empty bins are left out
 * @param expectedError the expected calibration error: mean over answers of |confidence − share right| of their bin
 *     (Naeini et al. 2015; Guo et al. 2017). With few answers it is biased upwards
 * @param debiasedError the root of the mean squared difference, with the noise of the shares subtracted (Kumar, Liang, Ma,
 *     "Verified Uncertainty Calibration", NeurIPS 2019, definition 4.1), over bins of equal numbers; 0 when the noise
 *     explains all of it
 */
public record Reliability(List<Bin> bins, double expectedError, double debiasedError) {
    /**
     * The answers whose confidence lies between two bounds.
     *
     * @param low lowest confidence of the bin, inclusive but for the first
     * @param high highest, inclusive
     * @param count answers in it
     * @param meanConfidence their mean confidence
     * @param shareRight how many of them are right, from 0 to 1
     */
    public record Bin(double low, double high, int count, double meanConfidence, double shareRight) {}

    public Reliability {
        bins = List.copyOf(bins);
    }

    /**
     * Sorts answers into {@code binCount} bins of equal width.
     *
     * @param confidence of each answer, from 0 to 1
     * @param right whether each answer is right
     */
    public static Reliability of(double[] confidence, boolean[] right, int binCount) {
        if (confidence.length != right.length || binCount < 1) {
            throw new IllegalArgumentException(
                    confidence.length + " confidences, " + right.length + " outcomes, " + binCount + " bins");
        }
        List<Bin> bins = new ArrayList<>();
        double error = 0;
        for (int bin = 0; bin < binCount; bin++) {
            int number = bin;
            int[] members = IntStream.range(0, confidence.length)
                    .filter(i -> binOf(confidence[i], binCount) == number)
                    .toArray();
            if (members.length > 0) {
                Bin made = bin((double) bin / binCount, (bin + 1.0) / binCount, members, confidence, right);
                bins.add(made);
                error += members.length * Math.abs(made.meanConfidence() - made.shareRight());
            }
        }
        int answers = Math.max(1, confidence.length);
        return new Reliability(bins, error / answers, debiased(confidence, right, binCount));
    }

    /** Bins are open below and closed above, as in Guo et al.; confidence 0 goes into the first. */
    private static int binOf(double confidence, int binCount) {
        return Math.clamp((long) Math.ceil(confidence * binCount) - 1, 0, binCount - 1);
    }

    private static Bin bin(double low, double high, int[] members, double[] confidence, boolean[] right) {
        double sum = 0;
        int rightOnes = 0;
        for (int member : members) {
            sum += confidence[member];
            rightOnes += right[member] ? 1 : 0;
        }
        return new Bin(low, high, members.length, sum / members.length, (double) rightOnes / members.length);
    }

    private static double debiased(double[] confidence, boolean[] right, int binCount) {
        int[] byConfidence = IntStream.range(0, confidence.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> confidence[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double sum = 0;
        for (int bin = 0; bin < binCount; bin++) {
            int from = (int) ((long) byConfidence.length * bin / binCount);
            int to = (int) ((long) byConfidence.length * (bin + 1) / binCount);
            if (to - from > 1) {
                int[] members = Arrays.copyOfRange(byConfidence, from, to);
                Bin made = bin(0, 1, members, confidence, right);
                double difference = made.meanConfidence() - made.shareRight();
                double noise = made.shareRight() * (1 - made.shareRight()) / (members.length - 1);
                sum += members.length * (difference * difference - noise);
            }
        }
        return Math.sqrt(Math.max(0, sum / Math.max(1, confidence.length)));
    }
}
