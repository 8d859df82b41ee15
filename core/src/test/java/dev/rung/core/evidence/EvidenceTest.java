package dev.rung.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.statistics.Binomial;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static Evidence evidence(int available, Requirement... requirements) {
        return new Evidence(new Bar(List.of(requirements), 0.95), 0.05, 0.05, available);
    }

    private static Evidence accuracy(double floor, int available) {
        return evidence(available, new Requirement.AtLeast(Metric.ACCURACY, floor));
    }

    private static void addAll(Evidence evidence, List<Outcome> outcomes) {
        outcomes.forEach(evidence::add);
    }

    @Test
    void a_good_candidate_passes_and_one_sentence_says_why() {
        Evidence evidence = accuracy(0.90, 1000);
        for (int i = 1; i <= 220; i++) {
            evidence.add(Outcomes.of(i, i % 27 != 0)); // 8 misses, spread out
        }
        assertThat(evidence.isOpen()).isFalse();
        assertThat(evidence.verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(evidence.verdict().sentence())
                .matches("212 of 220 right; accuracy is at least 0\\.9\\d\\d with 95 % confidence; bar 0\\.90: PASS");
    }

    @Test
    void a_hopeless_candidate_fails_after_a_few_rows() {
        Evidence evidence = accuracy(0.90, 1000);
        for (int i = 1; evidence.isOpen(); i++) {
            evidence.add(Outcomes.of(i, false));
        }
        assertThat(evidence.outcomes()).hasSizeLessThanOrEqualTo(3);
        assertThat(evidence.verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(evidence.verdict().sentence()).startsWith("0 of ").endsWith("bar 0.90: FAIL");
    }

    @Test
    void an_open_verdict_says_how_many_more_examples_would_settle_it() {
        Evidence evidence = accuracy(0.90, 1000);
        for (int i = 1; i <= 100; i++) {
            evidence.add(Outcomes.of(i, i % 20 != 0)); // 95 %
        }
        Verdict.NotEnough open = (Verdict.NotEnough) evidence.verdict();
        int more = (int) open.moreExamples().orElseThrow();
        assertThat(more).isBetween(30, 150);
        assertThat(open.sentence()).contains("95 of 100 right", "about " + more + " more examples");
        for (int i = 101; evidence.isOpen(); i++) {
            evidence.add(Outcomes.of(i, i % 20 != 0));
        }
        assertThat(evidence.outcomes().size() - 100).isBetween(more / 2, 3 * more / 2);
    }

    @Test
    void an_estimate_under_the_bar_promises_nothing_from_more_examples() {
        Evidence evidence = accuracy(0.90, 1000);
        for (int i = 1; i <= 40; i++) {
            evidence.add(Outcomes.of(i, i % 8 != 0)); // 87.5 %
        }
        Verdict.NotEnough open = (Verdict.NotEnough) evidence.verdict();
        assertThat(open.moreExamples()).isEmpty();
        assertThat(open.sentence()).contains("more examples alone would not lift it");
    }

    @Test
    void the_last_row_allows_an_exact_look_that_earlier_rows_do_not() {
        // 57 of 58 rows right leave a one-sided exact bound under 0.90; 91 of 96 is proved only by the look at the end
        Evidence open = accuracy(0.90, 1000);
        Evidence last = accuracy(0.90, 150);
        for (int i = 1; i <= 150; i++) {
            Outcome outcome = Outcomes.of(i, i % 21 != 0); // 143 of 150
            open.add(outcome);
            last.add(outcome);
        }
        assertThat(open.verdict()).isInstanceOf(Verdict.NotEnough.class);
        assertThat(last.verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(Binomial.lowerBound(143, 150, 0.05)).isGreaterThan(0.90);
    }

    @Test
    void a_bar_of_one_fails_at_the_first_miss_and_is_never_proved() {
        Evidence evidence = accuracy(1.0, 3000);
        addAll(evidence, Outcomes.rights(2999, 2999));
        assertThat(evidence.verdict().sentence()).contains("no number of examples can prove perfection");
        assertThat(((Verdict.NotEnough) evidence.verdict()).moreExamples()).isEmpty();
        evidence.add(Outcomes.of(3000, false));
        assertThat(evidence.verdict()).isInstanceOf(Verdict.Fail.class);
    }

    @Test
    void a_bar_of_zero_is_met_by_anything() {
        assertThat(accuracy(0, 10).verdict().sentence()).isEqualTo("a bar of 0 is met by anything; bar 0.00: PASS");
    }

    @Test
    void no_example_is_no_evidence() {
        Evidence evidence = accuracy(0.9, 10);
        assertThat(evidence.verdict().sentence())
                .isEqualTo("no example yet shows accuracy; bar 0.90: NOT ENOUGH EVIDENCE");
        assertThat(evidence.estimates()).isEmpty();
        assertThat(evidence.parts().getFirst().estimate().known()).isFalse();
    }

    @Test
    void a_metric_that_never_applies_leaves_the_bar_open_and_says_so() {
        Evidence evidence = evidence(
                500,
                new Requirement.AtLeast(Metric.ACCURACY, 0.5),
                new Requirement.AtLeast(Metric.OUT_OF_SCOPE_RECALL, 0.8));
        addAll(evidence, Outcomes.rights(400, 400));
        assertThat(evidence.verdict()).isInstanceOf(Verdict.NotEnough.class);
        assertThat(evidence.verdict().sentence()).startsWith("none of 400 examples shows out-of-scope recall");
    }

    @Test
    void every_requirement_must_hold_and_a_fail_names_the_one_that_does_not() {
        Requirement recall = new Requirement.AtLeast(Metric.OUT_OF_SCOPE_RECALL, 0.8);
        Evidence evidence = evidence(2000, new Requirement.AtLeast(Metric.ACCURACY, 0.9), recall);
        for (int i = 1; evidence.isOpen(); i++) {
            boolean outOfScope = i % 10 == 0;
            boolean right = !outOfScope;
            evidence.add(Outcomes.of(
                    i,
                    "c" + i,
                    outOfScope
                            ? Map.of(Metric.ACCURACY, 0.0, Metric.OUT_OF_SCOPE_RECALL, 0.0)
                            : Map.of(Metric.ACCURACY, right ? 1.0 : 0.0),
                    Duration.ofMillis(1),
                    "0"));
        }
        assertThat(evidence.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Fail.class,
                        fail -> assertThat(fail.requirement()).isEqualTo(recall));
    }

    @Test
    void what_is_proved_stays_proved() {
        Evidence evidence = accuracy(0.5, 1000);
        addAll(evidence, Outcomes.rights(50, 50));
        assertThat(evidence.verdict()).isInstanceOf(Verdict.Pass.class);
        for (int i = 51; i <= 300; i++) {
            evidence.add(Outcomes.of(i, false));
        }
        assertThat(evidence.verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(evidence.estimate(Metric.ACCURACY).high()).isLessThan(0.5);
    }

    @Test
    void repeats_of_one_question_prove_nothing_that_the_question_alone_does_not() {
        Evidence evidence = accuracy(0.9, 1000);
        for (int i = 1; i <= 500; i++) {
            evidence.add(Outcomes.of(i, "question-" + i % 10, Map.of(Metric.ACCURACY, 1.0), Duration.ofMillis(1), "0"));
        }
        assertThat(evidence.verdict()).isInstanceOf(Verdict.NotEnough.class);
        assertThat(evidence.verdict().sentence()).contains("500 of 500 right (10 different questions");
        assertThat(evidence.estimate(Metric.ACCURACY).low())
                .isEqualTo(Binomial.lowerBound(10, 10, 0.025), within(1e-12));
    }

    @Test
    void scores_between_zero_and_one_are_tested_too() {
        Evidence evidence = evidence(2000, new Requirement.AtLeast(Metric.TOKEN_F1, 0.7));
        for (int i = 1; evidence.isOpen(); i++) {
            evidence.add(Outcomes.scored(i, Metric.TOKEN_F1, i % 2 == 0 ? 0.7 : 0.95));
        }
        assertThat(evidence.verdict().sentence())
                .matches("mean 0\\.8\\d\\d over \\d+ answers; token F1 is at least .*PASS");
        assertThat(evidence.outcomes()).hasSizeLessThan(150);
    }

    @Test
    void p95_is_proved_by_the_share_of_answers_within_the_ceiling() {
        Requirement latency = new Requirement.LatencyAtMost(0.95, Duration.ofMillis(300));
        Evidence fast = evidence(400, latency);
        for (int i = 1; fast.isOpen(); i++) {
            fast.add(Outcomes.timed(i, Duration.ofMillis(i % 100 == 0 ? 900 : 20)));
        }
        assertThat(fast.verdict().sentence())
                .matches("\\d+ of \\d+ answers took at most 300 ms; bar p95 ≤ 300 ms: PASS");
        Evidence small = evidence(59, latency);
        for (int i = 1; i <= 59; i++) {
            assertThat(small.isOpen()).isTrue();
            small.add(Outcomes.timed(i, Duration.ofMillis(20)));
        }
        assertThat(small.verdict())
                .as("59 answers within the ceiling just prove p95")
                .isInstanceOf(Verdict.Pass.class);
        Evidence slow = evidence(400, latency);
        for (int i = 1; slow.isOpen(); i++) {
            slow.add(Outcomes.timed(i, Duration.ofMillis(i % 2 == 0 ? 900 : 20)));
        }
        assertThat(slow.verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(slow.outcomes()).hasSizeLessThan(20);
    }

    @Test
    void a_cost_under_the_ceiling_passes_one_above_fails_and_an_unknown_price_proves_nothing() {
        Requirement cost = new Requirement.CostAtMost(Usd.of("0.20"));
        Evidence cheap = evidence(400, cost);
        for (int i = 1; cheap.isOpen(); i++) {
            cheap.add(Outcomes.priced(i, "0.0000004"));
        }
        assertThat(cheap.verdict().sentence())
                .matches("\\$0\\.00040 per 1,000 on average over \\d+ answers; bar \\$0\\.20 per 1,000: PASS");
        Evidence dear = evidence(400, cost);
        for (int i = 1; dear.isOpen(); i++) {
            dear.add(Outcomes.priced(i, "0.0004"));
        }
        assertThat(dear.verdict()).isInstanceOf(Verdict.Fail.class);
        Evidence unknown = evidence(400, cost);
        for (int i = 1; i <= 400; i++) {
            unknown.add(new Outcome(
                    new ExampleId("rows.csv", i),
                    "c" + i,
                    new Output.Label("a"),
                    new Output.Label("a"),
                    Double.NaN,
                    Map.of(),
                    Duration.ZERO,
                    new Price.Unknown("no list price")));
        }
        assertThat(unknown.verdict().sentence()).contains("an unknown price can prove no cost");
        assertThat(unknown.estimates().getLast().known()).isFalse();
    }

    @Test
    void a_list_price_just_at_the_ceiling_holds_once_all_rows_are_in() {
        Evidence evidence = evidence(60, new Requirement.CostAtMost(Usd.of("0.20")));
        for (int i = 1; i <= 60; i++) {
            evidence.add(Outcomes.priced(i, "0.0002"));
        }
        assertThat(evidence.verdict()).isInstanceOf(Verdict.Pass.class);
    }

    @Test
    void an_example_counts_once_and_no_more_than_there_are() {
        Evidence evidence = accuracy(0.9, 2);
        evidence.add(Outcomes.of(1, true));
        assertThatThrownBy(() -> evidence.add(Outcomes.of(1, true))).isInstanceOf(IllegalArgumentException.class);
        evidence.add(Outcomes.of(2, true));
        assertThatThrownBy(() -> evidence.add(Outcomes.of(3, true))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void few_false_alarms_are_proved_from_above() {
        Evidence evidence = evidence(200, new Requirement.AtMost(Metric.FALSE_ALARM_RATE, 0.05));
        for (int i = 1; i <= 200; i++) {
            evidence.add(Outcomes.scored(i, Metric.FALSE_ALARM_RATE, i == 7 ? 1 : 0));
        }
        assertThat(evidence.verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(evidence.verdict().sentence())
                .matches(
                        "1 of 200; false-alarm rate is at most 0\\.0[2-5]\\d with 95 % confidence; bar ≤ 0\\.05: PASS");
        assertThat(evidence.estimates().getFirst().estimate()).isEqualTo(1 / 200.0, within(1e-12));
    }

    @Test
    void a_slice_is_judged_by_its_own_examples_alone() {
        Requirement german =
                new Requirement.OnSlice(new Slice(Slice.LANGUAGE, "de"), new Requirement.AtLeast(Metric.ACCURACY, 0.9));
        Evidence evidence = evidence(400, new Requirement.AtLeast(Metric.ACCURACY, 0.8), german);
        for (int i = 1; i <= 400; i++) {
            boolean isGerman = i % 4 == 0;
            evidence.add(in(Outcomes.of(i, !isGerman || i % 8 == 0), isGerman ? "de" : "en"));
        }
        assertThat(evidence.parts().get(0).verdict()).isInstanceOf(Verdict.Pass.class);
        RequirementVerdict slice = evidence.parts().get(1);
        assertThat(slice.n()).isEqualTo(100);
        assertThat(slice.estimate().key()).isEqualTo("accuracy{language=de}");
        assertThat(slice.verdict().sentence())
                .contains("accuracy on language de is at most")
                .endsWith("bar 0.90: FAIL");
        assertThat(evidence.verdict()).isInstanceOf(Verdict.Fail.class);
    }

    private static Outcome in(Outcome outcome, String language) {
        return new Outcome(
                outcome.example(),
                outcome.cluster(),
                outcome.expected(),
                outcome.output(),
                outcome.confidence(),
                outcome.scores(),
                outcome.time(),
                outcome.price(),
                Map.of(Slice.LANGUAGE, language),
                List.of());
    }

    @Test
    void macro_f1_is_proved_at_the_last_row_and_never_by_a_handful_of_perfect_answers() {
        Evidence few = evidence(20, new Requirement.MacroF1AtLeast(0.9));
        Evidence many = evidence(600, new Requirement.MacroF1AtLeast(0.9));
        for (int i = 1; i <= 600; i++) {
            Outcome outcome = labelled(i, "label-" + i % 3, "label-" + (i % 60 == 0 ? 1 : i % 3));
            if (i <= 20) {
                few.add(labelled(i, "label-" + i % 3, "label-" + i % 3));
            }
            many.add(outcome);
            assertThat(many.isOpen()).isEqualTo(i < 600);
        }
        assertThat(few.verdict()).isInstanceOf(Verdict.NotEnough.class);
        assertThat(many.verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(many.verdict().sentence()).contains("by resampling").startsWith("macro-F1 0.983 over 600 answers");
    }

    @Test
    void macro_f1_is_the_mean_over_labels() {
        // By hand: F1 of a is 2·1 / (2 + 2), of b 2·2 / (3 + 3), of c 0.
        Evidence evidence = evidence(6, new Requirement.MacroF1AtLeast(0.5));
        String[] expected = {"a", "a", "b", "b", "b", "c"};
        String[] given = {"a", "b", "b", "b", "c", "a"};
        for (int i = 0; i < 6; i++) {
            evidence.add(labelled(i + 1, expected[i], given[i]));
        }
        assertThat(evidence.parts().getFirst().estimate().estimate()).isEqualTo((1 / 2.0 + 2 / 3.0) / 3, within(1e-12));
    }

    private static Outcome labelled(int line, String expected, String given) {
        Outcome like = Outcomes.of(line, expected.equals(given));
        return new Outcome(
                like.example(),
                like.cluster(),
                new Output.Label(expected),
                new Output.Label(given),
                0.9,
                like.scores(),
                like.time(),
                like.price());
    }
}
