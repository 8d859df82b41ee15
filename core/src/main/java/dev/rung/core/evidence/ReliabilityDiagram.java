package dev.rung.core.evidence;

import dev.rung.core.task.Metric;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often answers of a stated confidence are right, in bins of equal width.
 *
 * @param bins that hold answers, from the least confident on
 * @param expectedError the mean distance between confidence and accuracy over the bins, weighted by answers (expected calibration error; Guo et al. 2017, "On
 *     calibration of modern neural networks"); not a number where no answer states a confidence
 * @param n answers that state a confidence
 * @param silent answers that state none
 */
public record ReliabilityDiagram(List<Bin> bins, double expectedError, int n, int silent) {
    public ReliabilityDiagram {
        bins = List.copyOf(bins);
    }

    /**
     * Answers of similar confidence.
     *
     * @param from the least confidence of the bin, inclusive
     * @param to the largest; exclusive but in the last bin
     * @param meanConfidence of its answers
     * @param accuracy the share of them that is right
     */
    public record Bin(double from, double to, double meanConfidence, Estimate accuracy) {}

    /** Sorts outcomes that {@code metric}, a binary one, applies to into {@code count} bins, with intervals at {@code confidence}. */
    public static ReliabilityDiagram of(List<Outcome> outcomes, Metric metric, int count, double confidence) {
        if (!metric.binary() || count < 1) {
            throw new IllegalArgumentException(metric.key() + " in " + count + " bins");
        }
        List<List<Outcome>> sorted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sorted.add(new ArrayList<>());
        }
        int n = 0;
        int silent = 0;
        for (Outcome outcome : outcomes) {
            if (!outcome.scores().containsKey(metric)) {
                continue;
            }
            if (Double.isNaN(outcome.confidence())) {
                silent++;
            } else {
                sorted.get(Math.clamp((long) Math.floor(outcome.confidence() * count), 0, count - 1))
                        .add(outcome);
                n++;
            }
        }
        List<Bin> bins = new ArrayList<>();
        double error = 0;
        for (int i = 0; i < count; i++) {
            Bin bin = bin(sorted.get(i), metric, (double) i / count, (i + 1.0) / count, confidence);
            if (bin != null) {
                bins.add(bin);
                error += Math.abs(bin.meanConfidence() - bin.accuracy().estimate())
                        * bin.accuracy().n();
            }
        }
        return new ReliabilityDiagram(bins, n == 0 ? Double.NaN : error / n, n, silent);
    }

    private static @Nullable Bin bin(List<Outcome> inside, Metric metric, double from, double to, double confidence) {
        if (inside.isEmpty()) {
            return null;
        }
        double mean = inside.stream().mapToDouble(Outcome::confidence).average().orElseThrow();
        return new Bin(from, to, mean, Estimates.metric(metric, inside, confidence));
    }
}
