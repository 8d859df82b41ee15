package dev.rung.ladder.judge;

import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.judge.Agreement;
import dev.rung.core.evidence.judge.Fitness;
import dev.rung.core.evidence.judge.Paired;
import dev.rung.core.evidence.judge.PredictionPowered;
import dev.rung.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How a judge did on answers that people have judged.
 *
 * @param table of its verdicts against people's
 * @param without answers that it came to no verdict on, counted as rejected
 * @param disagreements the answers that it judged otherwise, in order
 * @param cost of all its calls, or null where one has no known price
 */
public record JudgeMeasurement(
        JudgeIdentity judge,
        Agreement table,
        double confidence,
        int without,
        List<Disagreement> disagreements,
        @Nullable Usd cost) {
    public JudgeMeasurement {
        disagreements = List.copyOf(disagreements);
    }

    /** An answer on which judge and people part. */
    public record Disagreement(ExampleId id, boolean people, String reason) {}

    /**
     * Asks the judge about every answer.
     *
     * @param progress told how many are done, after each
     */
    public static JudgeMeasurement of(
            RubricJudge judge, List<LabelledAnswer> answers, double confidence, IntConsumer progress) {
        List<Paired> pairs = new ArrayList<>();
        List<Disagreement> disagreements = new ArrayList<>();
        int without = 0;
        Usd cost = Usd.ZERO;
        for (LabelledAnswer answer : answers) {
            Judgement judgement = judge.judge(answer.judged());
            pairs.add(Paired.of(answer.accepted(), judgement.accepted()));
            without += judgement.given() ? 0 : 1;
            if (judgement.accepted() != answer.accepted()) {
                disagreements.add(new Disagreement(answer.id(), answer.accepted(), judgement.reason()));
            }
            cost = cost != null && judgement.price() instanceof Price.Known(Usd amount) ? cost.plus(amount) : null;
            progress.accept(pairs.size());
        }
        return new JudgeMeasurement(judge.identity(), Agreement.of(pairs), confidence, without, disagreements, cost);
    }

    /** Tells whether the judge may judge. */
    public Fitness fitness() {
        return Fitness.of(table, confidence);
    }

    /** Returns how many labels alone one label is worth beside this judge, when it scores {@code othersEach} answers more for each. */
    public double worth(double othersEach) {
        List<Paired> pairs = new ArrayList<>();
        add(pairs, Paired.of(true, true), table.bothAccept());
        add(pairs, Paired.of(false, true), table.onlyJudge());
        add(pairs, Paired.of(true, false), table.onlyHuman());
        add(pairs, Paired.of(false, false), table.bothReject());
        return PredictionPowered.worth(pairs, othersEach);
    }

    private static void add(List<Paired> pairs, Paired pair, int times) {
        for (int i = 0; i < times; i++) {
            pairs.add(pair);
        }
    }

    /** Returns what a certificate says of the judge; {@link Agreement#fromJson} reads the table back. */
    public Json.Obj toJson() {
        Fitness fitness = fitness();
        return Json.object(
                        "judge", judge.toJson(),
                        "labels", Json.of(table.n()),
                        "without_verdict", Json.of(without),
                        "table", table.toJson(confidence))
                .with("usable", Json.of(fitness instanceof Fitness.Usable))
                .with("why", Json.of(fitness.sentence()))
                .with(
                        "labels_needed",
                        fitness instanceof Fitness.Refused(String sentence, var labels) && labels.isPresent()
                                ? Json.of(labels.getAsLong())
                                : Json.Nil.NULL)
                .with("cost", cost == null ? Json.Nil.NULL : Json.of(cost.amount()));
    }
}
