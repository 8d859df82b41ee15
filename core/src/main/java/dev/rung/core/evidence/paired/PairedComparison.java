package dev.rung.core.evidence.paired;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.statistics.Bootstrap;
import dev.rung.core.statistics.Groups;
import dev.rung.core.statistics.Interval;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares a candidate with an incumbent on pairs that are all there, in an order and a number that were fixed without a look at them; {@link PairedSequence} is for those
 * who look as pairs arrive.
 *
 * <p>Where rows repeat a question, NOT WORSE must hold counted by row and counted by question (the first pair of each duplicate cluster), and WORSE counted by question. Counts
 * by question are independent, so each has at most its stated error, however alike the rows of a cluster are.
 */
public final class PairedComparison {
    private PairedComparison() {}

    /** Compares by a metric that scores each example 0 or 1, with exact tests. */
    public static PairedResult ofRates(List<Pair> pairs, NonInferiority question) {
        PairCounts rows = count(pairs);
        PairCounts questions = count(firsts(pairs));
        double alpha = question.alpha();
        double margin = question.margin();
        double notWorse = Math.max(
                ExactPairedTest.pValue(rows, -margin, alpha), ExactPairedTest.pValue(questions, -margin, alpha));
        double worse = ExactPairedTest.pValue(questions.swapped(), margin, question.beta());
        double better = Math.max(McNemar.superiority(rows), McNemar.superiority(questions));
        PairedSentences words = PairedSentences.ofRates(rows, question);
        boolean proved = notWorse <= alpha;
        boolean ahead = proved && better <= alpha;
        PairedVerdict verdict = proved
                ? new PairedVerdict.NotWorse(words.notWorse(ahead))
                : worse <= question.beta()
                        ? new PairedVerdict.Worse(words.worse())
                        : words.open(MorePairs.of(rows, questions, question));
        return new PairedResult(
                verdict,
                question,
                mean(pairs, true),
                mean(pairs, false),
                difference(pairs, rows, question),
                rows.pairs(),
                questions.pairs(),
                ahead,
                new PairedResult.Basis.Exact(rows, questions, notWorse, worse, better));
    }

    /**
     * Compares by a metric that scores each example from 0 to 1.
     *
     * <p>The verdict is that of {@link PairedSequence}, which holds for scores of any distribution; the interval shown is a bootstrap by cluster, which is narrower, and
     * which a few large losses that the sample has not seen would prove wrong.
     */
    public static PairedResult ofScores(List<Pair> pairs, NonInferiority question) {
        PairedSequence sequence = new PairedSequence(question);
        pairs.forEach(sequence::add);
        return sequence.result();
    }

    static PairCounts count(List<Pair> pairs) {
        int[] counts = new int[4];
        for (Pair pair : pairs) {
            if (pair.candidate() != Math.rint(pair.candidate()) || pair.incumbent() != Math.rint(pair.incumbent())) {
                throw new IllegalArgumentException("not right or wrong: " + pair);
            }
            counts[(pair.candidate() == 1 ? 0 : 2) + (pair.incumbent() == 1 ? 0 : 1)]++;
        }
        return new PairCounts(counts[0], counts[1], counts[2], counts[3]);
    }

    private static List<Pair> firsts(List<Pair> pairs) {
        Set<String> seen = new HashSet<>();
        return pairs.stream().filter(pair -> seen.add(pair.cluster())).toList();
    }

    private static double mean(List<Pair> pairs, boolean candidate) {
        return pairs.stream()
                .mapToDouble(candidate ? Pair::candidate : Pair::incumbent)
                .average()
                .orElse(Double.NaN);
    }

    private static Estimate difference(List<Pair> pairs, PairCounts rows, NonInferiority question) {
        Groups groups = Groups.of(pairs, Pair::cluster, Pair::difference);
        return groups.clusters() == groups.n()
                ? estimate(rows, question.confidence())
                : bootstrap(groups, question.confidence());
    }

    /** Returns the difference of two rates with its score interval. */
    static Estimate estimate(PairCounts rows, double confidence) {
        if (rows.pairs() == 0) {
            return unknown(confidence);
        }
        Interval interval = DifferenceInterval.tango(rows, confidence);
        return new Estimate(
                PairedSequence.DIFFERENCE,
                rows.difference(),
                interval.low(),
                interval.high(),
                rows.pairs(),
                confidence);
    }

    /** Returns the mean of differences with its bootstrap interval by cluster. */
    static Estimate bootstrap(Groups groups, double confidence) {
        if (groups.n() == 0) {
            return unknown(confidence);
        }
        Interval interval = Bootstrap.of(groups, confidence);
        return new Estimate(
                PairedSequence.DIFFERENCE, groups.mean(), interval.low(), interval.high(), groups.n(), confidence);
    }

    private static Estimate unknown(double confidence) {
        return new Estimate(PairedSequence.DIFFERENCE, Double.NaN, Double.NaN, Double.NaN, 0, confidence);
    }
}
