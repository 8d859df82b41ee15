package dev.rung.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.statistics.SplitMix64;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Output;
import dev.rung.core.task.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgedPartTest {
    private static final int EACH = 4;
    private static final Bar BAR = new Bar(List.of(new Requirement.JudgeScoreAtLeast(0.8, EACH, "a judge")), 0.95);

    @Test
    void a_good_candidate_passes_on_few_verdicts_of_people_and_a_bad_one_fails() {
        Evidence good = new Evidence(BAR, 0.05, 0.05, 1_000);
        fill(good, new SplitMix64(1), 1_000, 0.93, Integer.MAX_VALUE);
        assertThat(good.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Pass.class,
                        pass -> assertThat(pass.sentence())
                                .containsPattern(
                                        "the judge accepts 0\\.\\d+ of 1000 answers, of which people judged 200")
                                .containsPattern(
                                        "people would accept at least 0\\.8\\d+ with 95 % confidence; bar 0\\.80: PASS"));
        Evidence bad = new Evidence(BAR, 0.05, 0.05, 1_000);
        fill(bad, new SplitMix64(2), 1_000, 0.6, Integer.MAX_VALUE);
        assertThat(bad.verdict()).isInstanceOf(Verdict.Fail.class);
        Estimate estimate = bad.estimate(BAR.requirements().getFirst());
        assertThat(estimate.low()).isLessThan(0.6);
        assertThat(estimate.high()).isBetween(0.6, 0.7);
        assertThat(estimate.n()).isEqualTo(200);
        assertThat(bad.estimates()).contains(estimate);
    }

    @Test
    void without_peoples_verdicts_a_judge_proves_nothing_and_the_sentence_says_what_waits() {
        Evidence evidence = new Evidence(BAR, 0.05, 0.05, 500);
        fill(evidence, new SplitMix64(3), 500, 1, 0);
        assertThat(evidence.verdict())
                .isInstanceOfSatisfying(
                        Verdict.NotEnough.class,
                        open -> assertThat(open.sentence())
                                .contains("of which people judged 0")
                                .contains("100 answers wait for people's verdict"));
        Estimate estimate = evidence.estimate(BAR.requirements().getFirst());
        assertThat(estimate.low()).isZero();
        assertThat(estimate.high()).isEqualTo(1);
    }

    @Test
    void verdicts_after_one_that_is_missing_do_not_count() {
        Evidence evidence = new Evidence(BAR, 0.05, 0.05, 1_000);
        SplitMix64 random = new SplitMix64(1);
        for (int i = 0; i < 1_000; i++) {
            Judged judged = judged(random, 0.93, i % (EACH + 1) == 0);
            evidence.add(outcome(i, "q" + i, i == 50 ? new Judged(judged.judge(), Double.NaN) : judged));
        }
        assertThat(evidence.verdict())
                .isInstanceOfSatisfying(
                        Verdict.NotEnough.class,
                        open -> assertThat(open.sentence())
                                .contains("people judged 10")
                                .contains("190 answers wait")
                                .containsPattern("about \\d+ more of their verdicts would prove it"));
    }

    @Test
    void answers_to_a_repeated_question_count_once() {
        Evidence evidence = new Evidence(BAR, 0.05, 0.05, 200);
        SplitMix64 random = new SplitMix64(5);
        for (int i = 0; i < 200; i++) {
            evidence.add(outcome(i, "q" + i / 2, judged(random, 0.9, true)));
        }
        assertThat(evidence.parts().getFirst().n()).isEqualTo(100);
        assertThat(evidence.estimate(BAR.requirements().getFirst()).n()).isEqualTo(20);
    }

    @Test
    void at_the_bar_itself_a_pass_is_as_rare_as_promised_whatever_the_judge() {
        int rounds = 600;
        for (double sensitivity : new double[] {0.98, 0.5}) {
            SplitMix64 random = new SplitMix64(9);
            int passed = 0;
            for (int round = 0; round < rounds; round++) {
                Evidence evidence = new Evidence(BAR, 0.05, 0.05, 400);
                for (int i = 0; i < 400 && evidence.isOpen(); i++) {
                    boolean good = chance(random, 0.8);
                    double judge = chance(random, good ? sensitivity : 0.1) ? 1 : 0;
                    evidence.add(outcome(
                            i, "q" + i, new Judged(judge, i % (EACH + 1) == 0 ? good ? 1 : 0 : Double.NaN)));
                }
                passed += evidence.verdict() instanceof Verdict.Pass ? 1 : 0;
            }
            assertThat((double) passed / rounds).isLessThanOrEqualTo(0.05);
        }
    }

    @Test
    void what_is_judged_is_kept_with_the_outcome() {
        Outcome labelled = outcome(1, "q", new Judged(1, 0));
        assertThat(Outcome.fromJson(labelled.toJson())).isEqualTo(labelled);
        Outcome unlabelled = outcome(2, "r", new Judged(0, Double.NaN));
        assertThat(Outcome.fromJson(unlabelled.toJson())).isEqualTo(unlabelled);
        assertThat(outcome(3, "s", null).toJson().get("judged")).isNull();
    }

    private static void fill(Evidence evidence, SplitMix64 random, int rows, double truth, int labels) {
        int given = 0;
        for (int i = 0; i < rows; i++) {
            boolean forPeople = i % (EACH + 1) == 0 && given < labels;
            given += forPeople ? 1 : 0;
            evidence.add(outcome(i, "q" + i, judged(random, truth, forPeople)));
        }
    }

    private static Judged judged(SplitMix64 random, double truth, boolean labelled) {
        boolean good = chance(random, truth);
        double judge = chance(random, good ? 0.97 : 0.1) ? 1 : 0;
        return new Judged(judge, labelled ? good ? 1 : 0 : Double.NaN);
    }

    private static boolean chance(SplitMix64 random, double p) {
        return (random.next() >>> 11) * 0x1p-53 < p;
    }

    private static Outcome outcome(int line, String cluster, @Nullable Judged judged) {
        return new Outcome(
                new ExampleId("e.csv", line + 1),
                cluster,
                new Output.Text("expected"),
                new Output.Text("said"),
                Double.NaN,
                Map.of(),
                Duration.ofMillis(5),
                new Price.Known(Usd.ZERO),
                Map.of(),
                List.of(),
                judged);
    }
}
