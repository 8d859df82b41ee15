package dev.rung.models.llama;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is known of every label after a search.
 *
 * <p>P(l) is the probability that the model's answer to the prompt is exactly label l and then ends. The search knows P exactly for labels that it
 * followed to their end; of those that share an unfinished beginning it knows the probability of that beginning, which they cannot exceed even in sum.
 *
 * @param best the number of the most probable label
 * @param labels in the order asked
 * @param decodedTokens tokens read for labels, without the prompt
 * @param batches in how many steps
 */
public record LabelScores(int best, List<Score> labels, int decodedTokens, int batches) {
    public LabelScores {
        labels = List.copyOf(labels);
    }

    /**
     * What is known of one label.
     *
     * @param bound ln P(l), or an upper bound of it
     * @param exact whether the bound is the value
     * @param share its part of the probability of all labels. The denominator is the sum of P over the exact labels and of the probabilities of the
     *     unfinished beginnings; an exact label's numerator is P(l), the others divide their beginning's evenly. Shares sum to 1
     */
    public record Score(double bound, boolean exact, double share) {}

    /**
     * Returns P(best) / (P(best) + the most that all other labels can have): a lower bound of the probability of the best label given that the answer is
     * one of the labels, and that probability itself once every label is exact.
     */
    public double confidence() {
        return labels.get(best).share();
    }

    /** Returns the labels' numbers, the best one first, the others by falling share. */
    public List<Integer> ranking() {
        return IntStream.range(0, labels.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> i != best)
                        .thenComparingDouble(i -> -labels.get(i).share())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}
