package dev.rung.core.evidence.paired;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.json.Json;
import java.util.OptionalLong;

/**
 * What came of a candidate against an incumbent on the same examples.
 *
 * @param candidate the candidate's mean score
 * @param incumbent the incumbent's mean score
 * @param difference the first less the second, with a two-sided interval that informs and never decides
 * @param pairs examples that both answered
 * @param questions how many of them repeat none before
 * @param better whether it is proved, at the question's alpha, that the candidate is better; never without NOT WORSE, so that both together cost one alpha
 */
public record PairedResult(
        PairedVerdict verdict,
        NonInferiority question,
        double candidate,
        double incumbent,
        Estimate difference,
        int pairs,
        int questions,
        boolean better,
        Basis basis) {

    /** What a verdict rests on. */
    public sealed interface Basis {
        /**
         * Exact tests of right-or-wrong outcomes, for a number of pairs fixed without a look at them.
         *
         * @param byRow every pair counted
         * @param byQuestion the first pair of each duplicate cluster counted
         * @param notWorse the p-value of the hypothesis that the candidate is worse by the margin or more ({@link ExactPairedTest}); the larger one of rows and questions
         * @param worse the p-value of the hypothesis that it is worse by the margin at most; of questions
         * @param better the p-value of the hypothesis that it is no better ({@link McNemar}); the larger one
         */
        record Exact(PairCounts byRow, PairCounts byQuestion, double notWorse, double worse, double better)
                implements Basis {}

        /**
         * Tests that hold however often one looks ({@link PairedSequence}).
         *
         * @param gains pairs in which the candidate scored more
         * @param losses pairs in which it scored less
         * @param atLeast the difference that lies below the true one with confidence 1 - alpha, at all times at once
         */
        record Anytime(int gains, int losses, double atLeast) implements Basis {}
    }

    /** Returns the result as JSON. */
    public Json.Obj toJson() {
        Json.Obj json = Json.object(
                        "verdict", Json.of(verdict.word()),
                        "sentence", Json.of(verdict.sentence()),
                        "margin", Json.of(question.margin()),
                        "alpha", Json.of(question.alpha()))
                .with("beta", Json.of(question.beta()))
                .with("pairs", Json.of(pairs))
                .with("questions", Json.of(questions))
                .with("candidate", Json.of(candidate))
                .with("incumbent", Json.of(incumbent))
                .with("difference", difference.toJson())
                .with("better", Json.of(better));
        OptionalLong more = verdict instanceof PairedVerdict.NotEnough(String sentence, OptionalLong morePairs)
                ? morePairs
                : OptionalLong.empty();
        if (more.isPresent()) {
            json = json.with("more_pairs", Json.of(more.getAsLong()));
        }
        return switch (basis) {
            case Basis.Exact exact ->
                json.with("gains", Json.of(exact.byRow().gains()))
                        .with("losses", Json.of(exact.byRow().losses()))
                        .with("p_not_worse", Json.of(exact.notWorse()))
                        .with("p_worse", Json.of(exact.worse()))
                        .with("p_better", Json.of(exact.better()));
            case Basis.Anytime anytime ->
                json.with("gains", Json.of(anytime.gains()))
                        .with("losses", Json.of(anytime.losses()))
                        .with("at_least", Json.of(anytime.atLeast()));
        };
    }
}
