package dev.rung.core.evidence.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The exact test of non-inferiority.
 *
 * <p>Sizes and powers are exact, by summation over all counts; nothing here is simulated. P-values without another source come from an enumeration of the whole
 * multinomial sample space over a grid of 3,000 to 4,000 nuisance values, written with NumPy 2.4.6 and SciPy 1.17.1 (scipy.stats.beta, scipy.special.gammaln).
 */
class ExactPairedTestTest {
    private static PairCounts counts(int gains, int losses, int pairs) {
        return new PairCounts(pairs - gains - losses, gains, losses, 0);
    }

    /** Tango 1998, section 5: 44 patients in a crossover trial of two contact lens solutions, one discordant pair, margin 0.1: Z = 1.709, p = 0.044. */
    @Test
    void the_score_is_the_published_one() {
        assertThat(Score.of(0, 1, 44, -0.1)).isEqualTo(1.709, within(5e-4));
    }

    /** With no difference to test for, the score is McNemar's: (b - c) / sqrt(b + c). */
    @Test
    void against_no_difference_the_score_is_mcnemars() {
        assertThat(Score.of(16, 6, 161, 0)).isEqualTo(10 / Math.sqrt(22), within(1e-12));
        assertThat(Score.of(0, 0, 161, 0)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 44, -0.1, 0.05, 0.05715889742082015",
        "6, 16, 161, -0.1, 0.05, 0.11184788762723176",
        "3, 2, 50, -0.05, 0.05, 0.0859609503814678",
        "0, 0, 50, -0.05, 0.05, 0.07699497527671316",
        "0, 0, 150, -0.02, 0.05, 0.04834602124348769",
        "10, 10, 200, -0.05, 0.05, 0.018738231387321554",
        "12, 4, 150, 0, 0.05, 0.02370141000903209",
        "4, 16, 120, -0.05, 0.05, 0.9250813299040933",
        "30, 33, 400, -0.03, 0.01, 0.13312487085159205",
        "1, 1, 30, -0.1, 0.05, 0.07025881258350128",
        "25, 38, 1000, -0.02, 0.05, 0.1949602127038428",
        "25, 28, 1000, -0.02, 0.001, 0.01228682001678164",
        "12, 2, 80, -0.1, 0.05, 5.808592203717273e-05",
        "2, 13, 300, 0.02, 0.05, 1"
    })
    void p_values_are_those_of_a_full_enumeration_and_never_smaller(
            int gains, int losses, int pairs, double difference, double level, double expected) {
        double p = ExactPairedTest.pValue(counts(gains, losses, pairs), difference, level);
        assertThat(p).isBetween(expected * (1 - 1e-4), expected * 1.0105);
        assertThat(ExactPairedTest.rejects(counts(gains, losses, pairs), difference, level))
                .isEqualTo(p <= level);
    }

    @Test
    void nothing_is_proved_by_no_pairs_and_little_by_agreement_alone() {
        assertThat(ExactPairedTest.pValue(counts(0, 0, 0), -0.02, 0.05)).isEqualTo(1);
        // Without any discordant pair a loss of 2 % goes unseen in 0.98^148 = 0.0503 of cases.
        assertThat(ExactPairedTest.rejects(counts(0, 0, 140), -0.02, 0.05)).isFalse();
        assertThat(ExactPairedTest.rejects(counts(0, 0, 155), -0.02, 0.05)).isTrue();
    }

    @Test
    void one_gain_more_or_one_loss_less_never_weakens_the_evidence() {
        for (int n : new int[] {1, 7, 25, 40}) {
            for (double difference : new double[] {-0.3, -0.1, -0.02, 0, 0.05, 0.4}) {
                for (int gains = 0; gains <= n; gains++) {
                    for (int losses = 0; losses + gains <= n; losses++) {
                        double score = Score.of(gains, losses, n, difference);
                        assertThat(gains + losses == n ? score : Score.of(gains + 1, losses, n, difference))
                                .isGreaterThanOrEqualTo(score - 1e-9);
                        assertThat(losses == 0 ? score : Score.of(gains, losses - 1, n, difference))
                                .isGreaterThanOrEqualTo(score - 1e-9);
                    }
                }
            }
        }
    }

    @Test
    void a_region_holds_the_outcomes_that_score_as_much_and_its_probability_is_their_sum() {
        int n = 60;
        double difference = -0.07;
        for (int[] seen : new int[][] {{0, 0}, {3, 2}, {0, 60}, {60, 0}, {8, 14}}) {
            double score = Score.of(seen[0], seen[1], n, difference);
            ScoreRegion region = new ScoreRegion(n, difference, score);
            for (double[] truth : new double[][] {{0.01, 0.08}, {0.2, 0.27}, {0, 0.07}, {0.465, 0.535}, {0.3, 0}}) {
                double sum = 0;
                for (int gains = 0; gains <= n; gains++) {
                    for (int losses = 0; losses + gains <= n; losses++) {
                        boolean in = Score.of(gains, losses, n, difference) >= score - ScoreRegion.ROUNDING;
                        assertThat(gains >= region.least(losses)).isEqualTo(in);
                        sum += in ? multinomial(gains, losses, n, truth[0], truth[1]) : 0;
                    }
                }
                assertThat(region.probability(truth[0], truth[1])).isEqualTo(sum, within(1e-12));
            }
        }
    }

    private static double multinomial(int gains, int losses, int n, double gain, double loss) {
        double product = 1;
        double rest = 1 - gain - loss;
        // n! / (gains! losses! (n - gains - losses)!) times the powers, factor by factor
        for (int i = 1; i <= gains; i++) {
            product *= (double) (n - gains + i) / i * gain;
        }
        int left = n - gains;
        for (int i = 1; i <= losses; i++) {
            product *= (double) (left - losses + i) / i * loss;
        }
        return product * Math.pow(Math.max(0, rest), left - losses);
    }

    @ParameterizedTest
    @CsvSource({"50, 0.02", "50, 0.05", "50, 0.1", "100, 0.02", "200, 0.02", "200, 0.05", "500, 0.03"})
    void on_the_boundary_the_size_is_at_most_the_level_and_close_to_it(int pairs, double margin) {
        RejectionBoundary boundary = new RejectionBoundary(pairs, -margin, 0.05);
        double largest = 0;
        for (double discordance = Math.max(margin, 0.02); discordance <= 0.30001; discordance += 0.01) {
            double size = boundary.probability((discordance - margin) / 2, (discordance + margin) / 2);
            assertThat(size).as("discordance %s", discordance).isLessThanOrEqualTo(0.05);
            largest = Math.max(largest, size);
        }
        assertThat(largest).isGreaterThan(pairs < 100 ? 0.035 : 0.046);
    }

    @Test
    void at_two_thousand_pairs_and_a_small_level_the_size_holds_as_well() {
        RejectionBoundary boundary = new RejectionBoundary(2_000, -0.02, 0.05);
        for (double discordance : new double[] {0.02, 0.05, 0.08}) {
            assertThat(boundary.probability((discordance - 0.02) / 2, (discordance + 0.02) / 2))
                    .isBetween(0.04, 0.05);
        }
        RejectionBoundary strict = new RejectionBoundary(500, -0.05, 0.001);
        for (double discordance : new double[] {0.06, 0.12, 0.3}) {
            assertThat(strict.probability((discordance - 0.05) / 2, (discordance + 0.05) / 2))
                    .isBetween(0.0003, 0.001);
        }
    }

    @Test
    void inside_the_hypothesis_it_rejects_less_than_on_its_boundary() {
        RejectionBoundary boundary = new RejectionBoundary(200, -0.05, 0.05);
        assertThat(boundary.probability(0.02, 0.08)).isLessThan(boundary.probability(0.025, 0.075));
        assertThat(boundary.probability(0, 0.5)).isLessThan(1e-6);
        assertThat(boundary.probability(0, 0)).isEqualTo(1);
    }

    /**
     * Sample sizes for 80 % power at equal rates and one-sided 5 %, n = (1.645 + 0.842)^2 discordance / margin^2, the large-sample formula of Connett, Smith and McHugh (1987) and
     * Nam (1997). The exact test has the power that it promises, to within two points; where only 16 discordant pairs are expected, discreteness costs four.
     */
    @ParameterizedTest
    @CsvSource({"0.08, 0.02, 1237, 0.02", "0.08, 0.03, 550, 0.02", "0.08, 0.05, 198, 0.045", "0.15, 0.05, 371, 0.02"})
    void its_power_is_that_of_the_large_sample_tables(double discordance, double margin, int pairs, double off) {
        double power = new RejectionBoundary(pairs, -margin, 0.05).probability(discordance / 2, discordance / 2);
        assertThat(power).isEqualTo(0.80, within(off));
    }

    @Test
    void a_boundary_is_where_the_test_changes_its_mind() {
        RejectionBoundary boundary = new RejectionBoundary(150, -0.04, 0.05);
        for (int discordant : new int[] {0, 1, 5, 20, 3, 60, 150}) {
            int most = boundary.mostLosses(discordant);
            for (int losses = 0; losses <= discordant; losses++) {
                boolean rejects = ExactPairedTest.rejects(counts(discordant - losses, losses, 150), -0.04, 0.05);
                assertThat(rejects).as("%d of %d", losses, discordant).isEqualTo(losses <= most);
            }
        }
    }
}
