package dev.rung.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.Requirement;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FiguresTest {
    /** The exact ranks for the median of 10 values at 97.9 % are the 2nd and the 9th (Conover 1999, table A3); 95 % needs no narrower pair. */
    @Test
    void a_quantile_lies_between_two_order_statistics() {
        List<Outcome> ten = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            ten.add(Outcomes.timed(i, Duration.ofMillis(10L * i)));
        }
        Latencies latencies = Latencies.of(ten, 0.95);
        assertThat(latencies.p50().estimate()).isEqualTo(0.05, within(1e-12));
        assertThat(latencies.p50().low()).isEqualTo(0.02, within(1e-12));
        assertThat(latencies.p50().high()).isEqualTo(0.09, within(1e-12));
        assertThat(latencies.p95().estimate()).isEqualTo(0.1, within(1e-12));
        assertThat(latencies.p95().high()).isInfinite();
    }

    @Test
    void an_upper_bound_on_p95_needs_72_answers_two_sided() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 1; i <= 71; i++) {
            outcomes.add(Outcomes.timed(i, Duration.ofMillis(i)));
        }
        assertThat(Latencies.of(outcomes, 0.95).p95().high()).isInfinite();
        outcomes.add(Outcomes.timed(72, Duration.ofMillis(72)));
        assertThat(Latencies.of(outcomes, 0.95).p95().high()).isEqualTo(0.072, within(1e-12));
    }

    @Test
    void the_bootstrap_interval_of_a_mean_covers_it_about_as_often_as_it_says() {
        Random random = new Random(3);
        int covered = 0;
        int worlds = 200;
        for (int world = 0; world < worlds; world++) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 1; i <= 150; i++) {
                outcomes.add(Outcomes.scored(i, Metric.TOKEN_F1, Math.pow(random.nextDouble(), 0.25))); // mean 0.8
            }
            Estimate estimate = Estimates.metric(Metric.TOKEN_F1, outcomes, 0.95);
            covered += estimate.low() <= 0.8 && 0.8 <= estimate.high() ? 1 : 0;
        }
        assertThat((double) covered / worlds).isBetween(0.90, 0.99);
    }

    @Test
    void rows_that_repeat_a_question_widen_the_interval() {
        Random random = new Random(4);
        int covered = 0;
        int worlds = 300;
        for (int world = 0; world < worlds; world++) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int cluster = 0; cluster < 60; cluster++) {
                double right = random.nextDouble() < 0.8 ? 1 : 0;
                for (int i = 0; i < 1 + cluster % 8; i++) {
                    outcomes.add(Outcomes.of(
                            outcomes.size() + 1, "c" + cluster, Map.of(Metric.ACCURACY, right), Duration.ZERO, "0"));
                }
            }
            Estimate estimate = Estimates.metric(Metric.ACCURACY, outcomes, 0.95);
            covered += estimate.low() <= 0.8 && 0.8 <= estimate.high() ? 1 : 0;
        }
        assertThat((double) covered / worlds).isBetween(0.925, 0.995);
    }

    /**
     * The survival times of nine control mice (Efron and Tibshirani 1993, "An Introduction to the Bootstrap", table 2.1) as prices. Their chapter 12 gives the lower end of the bootstrap-t interval at
     * 90 % as 35.82; the exact ends come from another implementation, on the same stream of random numbers.
     */
    @Test
    void a_cost_reaches_further_up_than_the_bootstrap_t_interval_by_half_an_unseen_answer() {
        Estimate cost = cost(0.90, new double[][] {{52}, {104}, {146}, {10}, {51}, {30}, {40}, {27}, {46}});
        assertThat(cost.estimate()).isEqualTo(506 / 9.0, within(1e-9));
        assertThat(cost.low()).isEqualTo(35.82, within(0.5));
        assertThat(cost.low()).isEqualTo(36.088186311389045, within(1e-9));
        assertThat(cost.high()).isEqualTo(136.1031247883031, within(1e-9));
    }

    /** The ends come from another implementation, on the same stream of random numbers. */
    @Test
    void the_cost_of_repeated_questions_is_resampled_by_cluster() {
        Estimate cost = cost(0.95, new double[][] {{1, 1}, {2}, {3, 5, 4}, {9}, {2, 2}, {1}, {20, 12}, {3}});
        assertThat(cost.estimate()).isEqualTo(5, within(1e-9));
        assertThat(cost.low()).isEqualTo(1.6329077189337031, within(1e-9));
        assertThat(cost.high()).isEqualTo(38.50689652452065, within(1e-9));
    }

    // Prices in tenths of a cent, so that the cost of a thousand is their mean in dollars.
    private static Estimate cost(double confidence, double[][] clusters) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int c = 0; c < clusters.length; c++) {
            for (double price : clusters[c]) {
                String dollars = BigDecimal.valueOf(price).movePointLeft(3).toPlainString();
                outcomes.add(Outcomes.of(outcomes.size() + 1, "c" + c, Map.of(), Duration.ZERO, dollars));
            }
        }
        return Estimates.of(new Requirement.CostAtMost(Usd.of("1")), outcomes, confidence);
    }

    @Test
    void equal_scores_still_leave_room_for_others() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            outcomes.add(Outcomes.scored(i, Metric.TOKEN_F1, 1));
        }
        Estimate estimate = Estimates.metric(Metric.TOKEN_F1, outcomes, 0.95);
        assertThat(estimate.low()).isEqualTo(Math.pow(0.025, 1 / 20.0), within(1e-9));
        assertThat(estimate.high()).isEqualTo(1);
    }

    @Test
    void a_reliability_diagram_weighs_its_bins_by_their_answers() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            outcomes.add(confident(i, 0.95, i <= 9));
        }
        for (int i = 11; i <= 20; i++) {
            outcomes.add(confident(i, 0.45, i <= 17));
        }
        outcomes.add(confident(21, 1.0, true));
        outcomes.add(confident(22, Double.NaN, true));
        ReliabilityDiagram diagram = ReliabilityDiagram.of(outcomes, Metric.ACCURACY, 10, 0.95);
        assertThat(diagram.bins()).extracting(bin -> bin.accuracy().n()).containsExactly(10, 10, 1);
        assertThat(diagram.bins().get(1).accuracy().estimate()).isEqualTo(0.9);
        assertThat(diagram.n()).isEqualTo(21);
        assertThat(diagram.silent()).isEqualTo(1);
        assertThat(diagram.expectedError()).isEqualTo((0.25 * 10 + 0.05 * 10) / 21, within(1e-12));
        assertThat(diagram.error().estimate()).isLessThan(diagram.expectedError());
        assertThat(diagram.error().high()).isGreaterThan(diagram.expectedError());
    }

    @Test
    void confusions_are_listed_most_frequent_first_with_their_examples() {
        List<Outcome> outcomes = List.of(
                labelled(1, "a", new Output.Label("b")),
                labelled(2, "a", new Output.Label("a")),
                labelled(3, "b", new Output.NoAnswer("cut off")),
                labelled(4, "a", new Output.Label("b")));
        assertThat(Confusion.of(outcomes).pairs())
                .containsExactly(
                        new Confusion.Pair("a", "b", List.of(new ExampleId("rows", 1), new ExampleId("rows", 4))),
                        new Confusion.Pair("b", "", List.of(new ExampleId("rows", 3))));
    }

    private static Outcome confident(int line, double confidence, boolean right) {
        return outcome(line, "a", new Output.Label(right ? "a" : "b"), confidence);
    }

    private static Outcome labelled(int line, String expected, Output output) {
        return outcome(line, expected, output, 0.5);
    }

    private static Outcome outcome(int line, String expected, Output output, double confidence) {
        boolean right = output.equals(new Output.Label(expected));
        return new Outcome(
                new ExampleId("rows", line),
                "c" + line,
                new Output.Label(expected),
                output,
                confidence,
                Map.of(Metric.ACCURACY, right ? 1.0 : 0.0),
                Duration.ZERO,
                new Price.Known(Usd.ZERO));
    }
}
