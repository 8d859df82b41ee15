package dev.rung.core.evidence.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.statistics.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PredictionPoweredTest {
    private static final int[] HUMAN = {
        1, 1, 0, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1
    };
    private static final int[] JUDGE = {
        1, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1
    };

    @Test
    void estimates_are_those_of_the_authors_own_package() {
        // ppi-python 0.2.3, ppi_mean_pointestimate with lam=None (tuned), 0 and 1.
        List<Paired> labelled = IntStream.range(0, HUMAN.length)
                .mapToObj(i -> new Paired(HUMAN[i], JUDGE[i]))
                .toList();
        double[] others = IntStream.range(0, 200)
                .mapToDouble(i -> i * 37 % 101 < 72 ? 1 : 0)
                .toArray();
        check(labelled, others, 0.7395101096434429, 0.71);
        double[] human = {0.9, 0.4, 0.75, 0.6, 0.95, 0.3, 0.8, 0.55, 0.7, 0.85, 0.2, 0.65};
        double[] judge = {0.8, 0.5, 0.7, 0.65, 0.9, 0.45, 0.85, 0.5, 0.6, 0.95, 0.35, 0.7};
        List<Paired> scored = IntStream.range(0, human.length)
                .mapToObj(i -> new Paired(human[i], judge[i]))
                .toList();
        double[] otherScores =
                IntStream.range(0, 60).mapToDouble(i -> i * 53 % 97 / 97.0).toArray();
        check(scored, otherScores, 0.5606993354631731, 0.44355670103092787);
    }

    private static void check(List<Paired> labelled, double[] others, double tuned, double full) {
        double weight = PredictionPowered.weight(labelled, others);
        assertThat(PredictionPowered.estimate(labelled, others, weight)).isCloseTo(tuned, within(1e-12));
        assertThat(PredictionPowered.estimate(labelled, others, 1)).isCloseTo(full, within(1e-12));
        assertThat(PredictionPowered.estimate(labelled, others, 0))
                .isCloseTo(
                        labelled.stream().mapToDouble(Paired::human).average().orElseThrow(), within(1e-12));
        assertThat(PredictionPowered.of(labelled, others, 0.95).estimate()).isCloseTo(tuned, within(1e-12));
    }

    @Test
    void intervals_hold_for_good_judges_biased_ones_and_useless_ones_at_every_size() {
        System.out.println("n, judge, coverage, mean width, width from labels alone");
        for (int n : new int[] {20, 30, 100, 300}) {
            for (Judge judge : List.of(
                    new Judge(0.97, 0.95),
                    new Judge(0.95, 0.6),
                    new Judge(0.7, 0.7),
                    new Judge(0.8, 0.2),
                    new Judge(1, 0))) {
                int rounds = n < 100 ? 150 : 400;
                int covered = 0;
                double width = 0;
                double alone = 0;
                SplitMix64 random = new SplitMix64(n * 1_000L + Math.round(judge.sensitivity * 100));
                for (int round = 0; round < rounds; round++) {
                    Sample sample = judge.sample(random, 0.8, n, 10 * n);
                    PredictionPowered found = PredictionPowered.of(sample.labelled, sample.others(), 0.95);
                    covered += found.low() <= 0.8 && 0.8 <= found.high() ? 1 : 0;
                    width += (found.high() - found.low()) / rounds;
                    PredictionPowered labels = PredictionPowered.of(sample.labelled, new double[0], 0.95);
                    alone += (labels.high() - labels.low()) / rounds;
                }
                double coverage = (double) covered / rounds;
                System.out.printf(
                        Locale.ROOT,
                        "%d, %.2f/%.2f, %.3f, %.3f, %.3f%n",
                        n,
                        judge.sensitivity,
                        judge.specificity,
                        coverage,
                        width,
                        alone);
                // Three standard errors of the simulation under 95 %.
                assertThat(coverage).isGreaterThan(0.95 - 3 * Math.sqrt(0.95 * 0.05 / rounds));
                if (n >= 100 && judge.sensitivity == 0.7) {
                    assertThat(width).isBetween(0.85 * alone, 1.01 * alone);
                }
            }
        }
    }

    @Test
    void a_judge_shortens_the_interval_by_what_its_agreement_predicts() {
        Judge judge = new Judge(0.95, 0.9);
        SplitMix64 random = new SplitMix64(3);
        int rounds = 300;
        double width = 0;
        double alone = 0;
        List<Paired> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Sample sample = judge.sample(random, 0.7, 400, 4_000);
            all.addAll(sample.labelled);
            PredictionPowered found = PredictionPowered.of(sample.labelled, sample.others(), 0.95);
            assertThat(found.exact()).isFalse();
            width += found.high() - found.low();
            PredictionPowered labels = PredictionPowered.of(sample.labelled, new double[0], 0.95);
            alone += labels.high() - labels.low();
        }
        double predicted = Math.sqrt(1 / PredictionPowered.worth(all, 10));
        assertThat(width / alone).isCloseTo(predicted, within(0.02));
        assertThat(predicted).isLessThan(0.65);
    }

    @Test
    void the_bet_on_rectified_scores_is_wrong_no_more_often_than_its_level_though_one_looks_after_every_unit() {
        for (Judge judge : List.of(new Judge(0.97, 0.95), new Judge(1, 0), new Judge(0.3, 0.9), new Judge(0.5, 0.5))) {
            SplitMix64 random = new SplitMix64(17);
            int rounds = 2_000;
            int wrong = 0;
            for (int round = 0; round < rounds; round++) {
                RectifiedTest test = new RectifiedTest(0.8, 0.05);
                for (int unit = 0; unit < 150 && !test.rejected(); unit++) {
                    judge.unit(random, 0.8, 9, test);
                }
                wrong += test.rejected() ? 1 : 0;
            }
            assertThat((double) wrong / rounds).as("judge %s", judge).isLessThanOrEqualTo(0.05);
        }
    }

    @Test
    void a_good_judge_proves_a_bar_with_fewer_labels_and_a_useless_one_costs_few_more() {
        double alone = meanUnits(null);
        double good = meanUnits(new Judge(0.99, 0.97));
        double useless = meanUnits(new Judge(0.5, 0.5));
        System.out.printf(
                Locale.ROOT,
                "labels to prove 0.80 at 0.90: with a judge that accepts everything %.0f, with a good one %.0f, with a useless one %.0f%n",
                alone,
                good,
                useless);
        assertThat(good).isLessThan(0.8 * alone);
        assertThat(useless).isLessThan(1.3 * alone);
    }

    // Null for a judge that accepts everything, which tells as little as none.
    private static double meanUnits(@Nullable Judge judge) {
        SplitMix64 random = new SplitMix64(5);
        int rounds = 200;
        long units = 0;
        for (int round = 0; round < rounds; round++) {
            RectifiedTest test = new RectifiedTest(0.8, 0.05);
            while (!test.rejected() && test.units() < 3_000) {
                if (judge == null) {
                    test.add(new Paired(SplitMix.chance(random, 0.9) ? 1 : 0, 1), 1);
                } else {
                    judge.unit(random, 0.9, 9, test);
                }
            }
            units += test.units();
        }
        return (double) units / rounds;
    }

    @Test
    void what_is_still_to_do_is_about_what_it_takes() {
        Judge judge = new Judge(0.97, 0.9);
        SplitMix64 random = new SplitMix64(23);
        RectifiedTest test = new RectifiedTest(0.8, 0.05);
        for (int unit = 0; unit < 40; unit++) {
            judge.unit(random, 0.9, 9, test);
        }
        assertThat(test.rejected()).isFalse();
        long more = test.more();
        assertThat(more).isBetween(5L, 400L);
        RectifiedTest hopeless = new RectifiedTest(0.95, 0.05);
        for (int unit = 0; unit < 40; unit++) {
            judge.unit(random, 0.5, 9, hopeless);
        }
        assertThat(hopeless.more()).isEqualTo(-1);
        assertThat(new RectifiedTest(1, 0.05).more()).isEqualTo(-1);
    }

    private record Sample(List<Paired> labelled, List<Double> scores) {
        double[] others() {
            return scores.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    private static final class SplitMix {
        static boolean chance(SplitMix64 random, double p) {
            return (random.next() >>> 11) * 0x1p-53 < p;
        }
    }

    private record Judge(double sensitivity, double specificity) {
        Paired draw(SplitMix64 random, double truth) {
            boolean good = SplitMix.chance(random, truth);
            return Paired.of(good, SplitMix.chance(random, good ? sensitivity : 1 - specificity));
        }

        void unit(SplitMix64 random, double truth, int others, RectifiedTest test) {
            Paired labelled = draw(random, truth);
            double sum = 0;
            for (int i = 0; i < others; i++) {
                sum += draw(random, truth).judge();
            }
            test.add(labelled, sum / others);
        }

        Sample sample(SplitMix64 random, double truth, int n, int others) {
            List<Paired> labelled = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                labelled.add(draw(random, truth));
            }
            List<Double> judged = new ArrayList<>();
            for (int i = 0; i < others; i++) {
                judged.add(draw(random, truth).judge());
            }
            return new Sample(labelled, judged);
        }
    }
}
