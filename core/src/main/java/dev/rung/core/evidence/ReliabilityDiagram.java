package dev.rung.core.evidence;

import dev.rung.core.statistics.CalibrationError;
import dev.rung.core.statistics.CalibrationError.Said;
import dev.rung.core.task.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How often answers of a stated confidence are right, in bins of equal numbers of answers.
 *
 * @param bins from the least confident answers on; answers of equal confidence are never parted
 * @param expectedError the mean distance between confidence and accuracy over the bins, weighted by answers, its noise included; not a number where no answer states a
 *     confidence
 * @param error the root of the mean squared distance, with the noise subtracted, and its interval ({@link CalibrationError}); unknown where no answer states a confidence
 * @param honesty Spiegelhalter's z over the first answer of each cluster: within ±2 or so where confidence can be taken at its word, above where it is too extreme
 * @param n answers that state a confidence
 * @param silent answers that state none
 */
public record ReliabilityDiagram(
        List<Bin> bins, double expectedError, Estimate error, double honesty, int n, int silent) {
    private static final String KEY = "calibration_error";

    public ReliabilityDiagram {
        bins = List.copyOf(bins);
    }

    /**
     * Answers of similar confidence.
     *
     * @param from the least confidence of the bin
     * @param to the largest
     * @param meanConfidence of its answers
     * @param accuracy the share of them that is right
     */
    public record Bin(double from, double to, double meanConfidence, Estimate accuracy) {}

    /** Sorts outcomes that {@code metric}, a binary one, applies to into at most {@code count} bins, with intervals at {@code confidence}. */
    public static ReliabilityDiagram of(List<Outcome> outcomes, Metric metric, int count, double confidence) {
        if (!metric.binary() || count < 1) {
            throw new IllegalArgumentException(metric.key() + " in " + count + " bins");
        }
        List<Outcome> stated = new ArrayList<>();
        List<Said> said = new ArrayList<>();
        List<Said> first = new ArrayList<>();
        Set<String> clusters = new HashSet<>();
        int silent = 0;
        for (Outcome outcome : outcomes) {
            Double score = outcome.scores().get(metric);
            if (score == null) {
                continue;
            }
            if (Double.isNaN(outcome.confidence())) {
                silent++;
                continue;
            }
            Said one = new Said(outcome.cluster(), outcome.confidence(), score == 1);
            stated.add(outcome);
            said.add(one);
            if (clusters.add(outcome.cluster())) {
                first.add(one);
            }
        }
        if (said.isEmpty()) {
            return new ReliabilityDiagram(
                    List.of(), Double.NaN, Estimate.unknown(KEY, 0, confidence), Double.NaN, 0, silent);
        }
        CalibrationError error = CalibrationError.of(said, count, confidence);
        return new ReliabilityDiagram(
                error.bins().stream()
                        .map(bin -> bin(bin.members().stream().map(stated::get).toList(), metric, confidence))
                        .toList(),
                error.plain(),
                new Estimate(
                        KEY,
                        error.debiased(),
                        error.interval().low(),
                        error.interval().high(),
                        said.size(),
                        confidence),
                CalibrationError.spiegelhalter(first),
                said.size(),
                silent);
    }

    private static Bin bin(List<Outcome> inside, Metric metric, double confidence) {
        return new Bin(
                inside.getFirst().confidence(),
                inside.getLast().confidence(),
                inside.stream().mapToDouble(Outcome::confidence).average().orElseThrow(),
                Estimates.metric(metric, inside, confidence));
    }
}
