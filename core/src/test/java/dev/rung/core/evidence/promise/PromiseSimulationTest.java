package dev.rung.core.evidence.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.statistics.Binomial;
import dev.rung.core.task.Promise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Synthetic students whose confidence lies, through the real derivation, with fixed seeds: 2,000 calibration sets each. */
class PromiseSimulationTest {
    private static final int DRAWS = 2_000;

    /** The probability that an answer of this confidence is right. */
    private interface Truth {
        double of(double confidence);
    }

    /** What came of many calibration sets: how often the promise was kept, the mean coverage, and that of a threshold chosen with the truth at hand. */
    private record Tally(double kept, double coverage, double oracle, double naiveKept) {}

    private static double confidence(Random random) {
        return 1 / (1 + Math.exp(-(2 + 2 * random.nextGaussian()))); // many sure answers, a tail of doubtful ones
    }

    private static Tally simulate(Promise promise, int rows, Population population, int draws, long seed) {
        Random random = new Random(seed);
        Truth truth = population.truth;
        int kept = 0;
        int naive = 0;
        double coverage = 0;
        for (int draw = 0; draw < draws; draw++) {
            List<CalibrationRow> sample = new ArrayList<>(rows);
            for (int i = 0; i < rows; i++) {
                double sure = confidence(random);
                sample.add(new CalibrationRow("q" + i, sure, random.nextDouble() >= truth.of(sure)));
            }
            RiskCoverage curve = RiskCoverage.of(sample);
            double threshold = new Derivation(promise, curve).threshold().orElse(2);
            kept += population.harm(threshold) <= promise.harm() ? 1 : 0;
            coverage += population.coverage(threshold) / draws;
            naive += population.harm(naive(promise, curve)) <= promise.harm() ? 1 : 0;
        }
        return new Tally((double) kept / draws, coverage, population.oracle(promise), (double) naive / draws);
    }

    /** The loosest threshold whose harm among the rows is within the promise: what is often done. */
    private static double naive(Promise promise, RiskCoverage curve) {
        double threshold = 2;
        for (RiskCoverage.Point point : curve.points()) {
            threshold = (double) point.harmful() / curve.rows() <= promise.harm() ? point.threshold() : threshold;
        }
        return threshold;
    }

    /** Many questions, each with the probability that it is answered wrongly, stand for the truth. */
    private static final class Population {
        private static final int SIZE = 200_000;
        private final double[] confidences = new double[SIZE];
        private final double[] harmAtOrAbove = new double[SIZE + 1];

        private final Truth truth;

        Population(Truth truth) {
            this.truth = truth;
            Random random = new Random(1);
            Arrays.setAll(confidences, i -> confidence(random));
            Arrays.sort(confidences);
            for (int i = SIZE - 1; i >= 0; i--) {
                harmAtOrAbove[i] = harmAtOrAbove[i + 1] + (1 - truth.of(confidences[i])) / SIZE;
            }
        }

        private int first(double threshold) {
            int place = Arrays.binarySearch(confidences, threshold);
            return place < 0 ? -place - 1 : place;
        }

        double harm(double threshold) {
            return harmAtOrAbove[first(threshold)];
        }

        double coverage(double threshold) {
            return 1 - (double) first(threshold) / SIZE;
        }

        double oracle(Promise promise) {
            int i = 0;
            while (harmAtOrAbove[i] > promise.harm()) {
                i++;
            }
            return coverage(confidences[i]);
        }
    }

    private static final Population HONEST = new Population(confidence -> confidence);
    private static final Population OVERCONFIDENT = new Population(confidence -> 0.4 + 0.58 * confidence);
    private static final Population UNRANKED = new Population(confidence -> 0.93); // sure or not, as often wrong

    @Test
    void the_promise_is_kept_as_often_as_stated_whatever_the_student_says_of_itself() {
        for (double harm : new double[] {0.01, 0.02, 0.05}) {
            for (Population students : List.of(HONEST, OVERCONFIDENT, UNRANKED)) {
                Tally tally = simulate(new Promise(harm, 0.90), 500, students, DRAWS, Math.round(1000 * harm));
                double margin = 3 * Math.sqrt(0.1 * 0.9 / DRAWS);
                assertThat(tally.kept()).as("%s", tally).isGreaterThan(0.90 - margin);
                assertThat(tally.naiveKept()).as("a naive threshold: %s", tally).isLessThan(0.75);
            }
        }
    }

    @Test
    void it_lets_through_nearly_what_the_best_threshold_would() {
        for (double harm : new double[] {0.01, 0.02, 0.05}) {
            for (Population students : List.of(HONEST, OVERCONFIDENT)) {
                Tally tally = simulate(new Promise(harm, 0.90), 3_000, students, 200, 7);
                assertThat(tally.coverage())
                        .as("%s at %s", tally, harm)
                        .isBetween(tally.oracle() - 0.06, tally.oracle());
            }
        }
    }

    @Test
    void repeats_counted_as_fresh_rows_would_break_the_promise_and_first_rows_do_not() {
        Promise promise = new Promise(0.05, 0.90);
        Random random = new Random(3);
        int brokenByRows = 0;
        int broken = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            List<CalibrationRow> repeated = new ArrayList<>();
            List<CalibrationRow> asIfFresh = new ArrayList<>();
            for (int question = 0; question < 100; question++) {
                boolean wrong =
                        random.nextDouble() < 0.051; // let through at any threshold, and just beyond the promise
                for (int copy = 0; copy < 8; copy++) {
                    repeated.add(new CalibrationRow("q" + question, 1, wrong));
                    asIfFresh.add(new CalibrationRow("q" + question + "/" + copy, 1, wrong));
                }
            }
            broken += new Derivation(promise, RiskCoverage.of(repeated))
                            .threshold()
                            .isPresent()
                    ? 1
                    : 0;
            brokenByRows += new Derivation(promise, RiskCoverage.of(asIfFresh))
                            .threshold()
                            .isPresent()
                    ? 1
                    : 0;
        }
        assertThat((double) broken / DRAWS)
                .isLessThanOrEqualTo(Binomial.atMost(1, 100, 0.05) + 3 * Math.sqrt(0.1 * 0.9 / DRAWS));
        assertThat((double) brokenByRows / DRAWS).isGreaterThan(0.2);
    }
}
