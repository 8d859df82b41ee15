package dev.rung.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Evidence on a solver that may say that it does not know. */
class SilenceTest {
    private static final OutputContract CONTRACT =
            new OutputContract.Labels(new LinkedHashMap<>(Map.of("a", "", "b", "")), null, "unsure");
    private static final Requirement COVERAGE = new Requirement.AtLeast(Metric.COVERAGE, 0.70);
    private static final Output SILENCE = new Output.Abstention("unsure");

    private static Outcome outcome(int line, String expected, Output output) {
        Output wanted = new Output.Label(expected);
        return new Outcome(
                new ExampleId("rows.csv", line),
                "cluster-" + line,
                wanted,
                output,
                0.5,
                Scoring.score(CONTRACT, wanted, output),
                Duration.ofMillis(5),
                new Price.Known(Usd.of("0.000001")));
    }

    private static Evidence evidence(int available, Requirement... requirements) {
        return new Evidence(new Bar(List.of(requirements), 0.95), 0.05, 0.05, available);
    }

    /** Adds 220 rows: 186 answered, of which 181 right, spread out. */
    private static Evidence mostlyAnswered(Requirement... requirements) {
        Evidence evidence = evidence(220, requirements);
        int answered = 0;
        for (int line = 1; line <= 220; line++) {
            boolean silent = line % 6 == 0 && line <= 204; // 34
            answered += silent ? 0 : 1;
            String given = answered % 37 == 0 ? "b" : "a";
            evidence.add(outcome(line, "a", silent ? SILENCE : new Output.Label(given)));
        }
        return evidence;
    }

    @Test
    void qualities_are_of_what_is_answered_and_coverage_is_one_more_part() {
        Evidence evidence = mostlyAnswered(
                new Requirement.AtLeast(Metric.ACCURACY, 0.92),
                new Requirement.OnSlice(new Slice(Slice.LABEL, "a"), new Requirement.AtLeast(Metric.ACCURACY, 0.90)),
                COVERAGE);
        assertThat(evidence.verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(evidence.verdict().sentence())
                .matches(
                        "181 of 186 answered are right; accuracy of what it answers is at least 0\\.9\\d+ with 95 % confidence; bar 0\\.92; "
                                + "181 of 186 answered are right; accuracy on label a of what it answers is at least .*; bar 0\\.90; "
                                + "it answers 186 of 220; coverage is at least 0\\.[78]\\d+ with 95 % confidence; bar 0\\.70; all 3 parts of the bar: PASS");
        Estimate harm = evidence.estimate(Metric.HARM);
        assertThat(harm.estimate()).isEqualTo(5.0 / 220, within(1e-12));
        assertThat(harm.n()).isEqualTo(220);
        assertThat(evidence.estimate(Metric.ACCURACY).n()).isEqualTo(186);
        assertThat(evidence.estimates())
                .filteredOn(estimate -> estimate.key().equals("macro_f1"))
                .singleElement()
                .satisfies(macro -> assertThat(macro.n()).isEqualTo(186));
        assertThat(evidence.estimates())
                .filteredOn(estimate -> estimate.key().equals("p95_latency"))
                .singleElement()
                .satisfies(latency -> assertThat(latency.n()).isEqualTo(220));
        assertThat(Confusion.of(evidence.outcomes()).pairs())
                .singleElement()
                .satisfies(pair -> assertThat(pair.count()).isEqualTo(5));
    }

    @Test
    void silence_is_not_free_too_little_coverage_fails_however_right_the_answers_are() {
        Evidence evidence = evidence(400, new Requirement.AtLeast(Metric.ACCURACY, 0.90), COVERAGE);
        for (int line = 1; !evidence.isFailed(); line++) {
            evidence.add(outcome(line, "a", line % 2 == 0 ? SILENCE : new Output.Label("a")));
        }
        assertThat(evidence.verdict().sentence())
                .startsWith("it answers ")
                .contains("; coverage is at most 0.")
                .endsWith("bar 0.70: FAIL");
    }

    @Test
    void a_solver_that_never_answers_proves_nothing_of_its_answers() {
        Evidence evidence =
                evidence(60, new Requirement.AtLeast(Metric.ACCURACY, 0.90), new Requirement.MacroF1AtLeast(0.5));
        for (int line = 1; line <= 60; line++) {
            evidence.add(outcome(line, "a", SILENCE));
        }
        assertThat(evidence.verdict()).isInstanceOf(Verdict.NotEnough.class);
        assertThat(evidence.verdict().sentence()).startsWith("none of 60 examples shows ");
        assertThat(evidence.estimates()).extracting(Estimate::key).doesNotContain("accuracy", "macro_f1");
    }

    @Test
    void whatever_the_silence_between_them_answers_prove_what_they_would_alone() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Evidence gaps = evidence(600, new Requirement.AtLeast(Metric.ACCURACY, 0.90));
            Evidence alone = evidence(600, new Requirement.AtLeast(Metric.ACCURACY, 0.90));
            double truth = 0.86 + 0.1 * random.nextDouble();
            for (int line = 1; line <= 500; line++) {
                boolean silent = random.nextInt(3) == 0;
                Output given = new Output.Label(random.nextDouble() < truth ? "a" : "b");
                gaps.add(outcome(line, "a", silent ? SILENCE : given));
                if (!silent) {
                    alone.add(outcome(line, "a", given));
                }
                assertThat(gaps.isOpen()).as("seed %d, row %d", seed, line).isEqualTo(alone.isOpen());
            }
            assertThat(gaps.verdict().getClass()).isEqualTo(alone.verdict().getClass());
        }
    }

    @Test
    void silence_is_saved_and_outcomes_from_before_there_was_any_are_read() {
        Outcome silent = outcome(1, "a", SILENCE);
        assertThat(Outcome.fromJson(silent.toJson())).isEqualTo(silent);
        assertThat(silent.abstained()).isTrue();
        Json.Obj before = silent.toJson()
                .with("output", new Output.Label("b").toJson())
                .with("scores", Json.object("accuracy", Json.of(0.0), "valid", Json.of(1.0)));
        assertThat(Outcome.fromJson(before).scores()).isEqualTo(Map.of(Metric.ACCURACY, 0.0, Metric.VALID, 1.0));
        assertThat(Outcome.fromJson(before).abstained()).isFalse();
    }
}
