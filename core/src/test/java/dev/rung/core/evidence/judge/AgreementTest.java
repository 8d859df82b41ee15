package dev.rung.core.evidence.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.statistics.SplitMix64;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {
    @Test
    void kappa_and_its_interval_are_those_of_statsmodels() {
        // statsmodels 0.15.0, stats.inter_rater.cohens_kappa: kappa, kappa_low, kappa_upp at 95 %.
        check(new Agreement(20, 5, 10, 15), 0.4, 0.151092290476661, 0.6489077095233389);
        check(new Agreement(45, 15, 25, 15), 0.13043478260869554, -0.062938277793, 0.3238078430099807);
        check(new Agreement(88, 4, 6, 22), 0.7611464968152865, 0.620857602781134, 0.9014353908494389);
        check(new Agreement(118, 5, 2, 75), 0.9266247379454926, 0.8732602913605556, 0.9799891845304296);
    }

    private static void check(Agreement table, double kappa, double low, double high) {
        Agreement.Rate found = table.kappa(0.95);
        assertThat(found.estimate()).isCloseTo(kappa, within(1e-12));
        assertThat(found.low()).isCloseTo(low, within(1e-9));
        assertThat(found.high()).isCloseTo(high, within(1e-9));
    }

    @Test
    void sensitivity_and_specificity_are_rates_among_what_people_accept_and_reject() {
        Agreement table = new Agreement(88, 4, 6, 22);
        assertThat(table.sensitivity(0.95).estimate()).isCloseTo(88.0 / 94, within(1e-15));
        assertThat(table.specificity(0.95).estimate()).isCloseTo(22.0 / 26, within(1e-15));
        // Clopper and Pearson, by scipy 1.17.1 stats.binomtest(22, 26).proportion_ci(0.95, method="exact").
        assertThat(table.specificity(0.95).low()).isCloseTo(SPECIFICITY_LOW, within(1e-9));
        assertThat(table.specificity(0.95).high()).isCloseTo(SPECIFICITY_HIGH, within(1e-9));
        assertThat(table.agreement(0.95).estimate()).isCloseTo(110.0 / 120, within(1e-15));
        assertThat(Agreement.fromJson(table.toJson(0.95))).isEqualTo(table);
    }

    private static final double SPECIFICITY_LOW = 0.6513212144646385;
    private static final double SPECIFICITY_HIGH = 0.9564365234610788;

    @Test
    void verdicts_are_counted_by_who_accepts() {
        Agreement table = Agreement.of(List.of(
                Paired.of(true, true),
                Paired.of(false, true),
                Paired.of(false, true),
                Paired.of(true, false),
                Paired.of(false, false)));
        assertThat(table).isEqualTo(new Agreement(1, 2, 1, 1));
        assertThatThrownBy(() -> Agreement.of(List.of(new Paired(0.5, 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void agreement_without_exception_is_no_proof_of_a_perfect_judge() {
        Agreement.Rate kappa = new Agreement(20, 0, 0, 20).kappa(0.95);
        assertThat(kappa.estimate()).isEqualTo(1);
        assertThat(kappa.low()).isBetween(0.8, 0.85);
        Agreement.Rate nothing = new Agreement(40, 0, 0, 0).kappa(0.95);
        assertThat(nothing.estimate()).isNaN();
        assertThat(nothing.low()).isNaN();
    }

    @Test
    void a_judge_that_sees_no_bad_answer_is_refused_with_the_labels_it_needs() {
        assertThat(Fitness.of(new Agreement(57, 1, 0, 2), 0.95))
                .isInstanceOfSatisfying(Fitness.Refused.class, refused -> {
                    assertThat(refused.labels()).hasValue(100);
                    assertThat(refused.sentence())
                            .contains("accept 57 and reject 3")
                            .contains("100 labels in all");
                });
        assertThat(Fitness.of(new Agreement(40, 0, 0, 0), 0.95))
                .isInstanceOfSatisfying(
                        Fitness.Refused.class,
                        refused -> assertThat(refused.labels()).isEmpty());
    }

    @Test
    void a_judge_that_agrees_is_usable_and_one_that_agrees_little_is_not_helped_by_labels() {
        assertThat(Fitness.of(new Agreement(88, 4, 6, 22), 0.95)).isInstanceOf(Fitness.Usable.class);
        assertThat(Fitness.of(new Agreement(45, 15, 25, 15), 0.95))
                .isInstanceOfSatisfying(Fitness.Refused.class, refused -> {
                    assertThat(refused.labels()).isEmpty();
                    assertThat(refused.sentence()).contains("kappa is 0.13");
                });
    }

    @Test
    void the_labels_asked_for_make_the_judge_usable_as_often_as_promised() {
        Agreement pilot = new Agreement(20, 4, 4, 12);
        Fitness.Refused refused = (Fitness.Refused) Fitness.of(pilot, 0.95);
        int labels = Math.toIntExact(refused.labels().orElseThrow());
        assertThat(labels).isBetween(41, 200);
        SplitMix64 random = new SplitMix64(11);
        int usable = 0;
        int rounds = 2_000;
        for (int round = 0; round < rounds; round++) {
            int[] counts = new int[4];
            for (int i = 0; i < labels; i++) {
                int draw = random.below(40);
                counts[draw < 20 ? 0 : draw < 24 ? 1 : draw < 28 ? 2 : 3]++;
            }
            usable += Fitness.of(new Agreement(counts[0], counts[1], counts[2], counts[3]), 0.95)
                            instanceof Fitness.Usable
                    ? 1
                    : 0;
        }
        assertThat((double) usable / rounds).isBetween(0.76, 0.86);
    }
}
