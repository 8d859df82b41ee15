package dev.rung.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values without another source are those of SciPy 1.17.1 (scipy.special.betainc, betaincinv; scipy.stats.binom, norm). */
class NumericsTest {
    @ParameterizedTest
    @CsvSource({
        "0.5, 0.5, 0.3, 0.36901011956554536",
        "2, 3, 0.4, 0.5247999999999999",
        "9, 3, 0.93, 0.9630207090701958",
        "213, 8, 0.95, 0.136625907066816",
        "0.3, 7, 0.01, 0.4874920509337249",
        "5000.5, 400.25, 0.92, 0.051703794679281705",
        "100000, 900, 0.9909, 0.2689540790927484",
        "1, 1000000, 1e-6, 0.632120742768355",
        "15, 15, 0.5, 0.5",
        "3, 4, 0, 0",
        "3, 4, 1, 1"
    })
    void the_incomplete_beta_function_agrees_with_scipy(double a, double b, double x, double expected) {
        assertThat(IncompleteBeta.regularized(x, a, b)).isEqualTo(expected, within(1e-10 * Math.max(expected, 1e-3)));
    }

    @ParameterizedTest
    @CsvSource({
        "0.025, 8, 3, 0.4439045376923585",
        "0.05, 212, 9, 0.9353460122591252",
        "0.975, 1, 10, 0.3084971078187607",
        "0.05, 3, 30000, 2.725510164148901e-05",
        "0.001, 250.5, 10.25, 0.9136729044048023",
        "0.5, 0.2, 0.2, 0.5"
    })
    void its_inverse_agrees_with_scipy(double p, double a, double b, double expected) {
        assertThat(IncompleteBeta.inverse(p, a, b)).isEqualTo(expected, within(1e-10 * expected));
    }

    /** 8 of 10 and 0 of 10: Clopper and Pearson 1934 drew these limits; the digits are in Agresti and Coull 1998 and any table of exact binomial limits. */
    @Test
    void clopper_pearson_limits_are_the_published_ones() {
        assertThat(Binomial.lowerBound(0, 10, 0.025)).isZero();
        assertThat(Binomial.upperBound(0, 10, 0.025)).isEqualTo(0.3085, within(5e-5));
        assertThat(Binomial.lowerBound(8, 10, 0.025)).isEqualTo(0.4439, within(5e-5));
        assertThat(Binomial.upperBound(8, 10, 0.025)).isEqualTo(0.9748, within(5e-5));
        assertThat(Binomial.upperBound(10, 10, 0.025)).isEqualTo(1);
    }

    /** The rule of three (Hanley and Lippman-Hand 1983): no event in n trials bounds the rate by about 3/n; exactly, by 1 - 0.05^(1/n). */
    @Test
    void no_failure_in_n_trials_leaves_about_three_in_n() {
        assertThat(Binomial.upperBound(0, 300, 0.05)).isEqualTo(1 - Math.pow(0.05, 1 / 300.0), within(1e-12));
        assertThat(Binomial.lowerBound(59, 59, 0.05)).isGreaterThan(0.95);
        assertThat(Binomial.lowerBound(58, 58, 0.05)).isLessThan(0.95);
    }

    @ParameterizedTest
    @CsvSource({
        "8, 10, 0.5, 0.0546875",
        "190, 200, 0.9, 0.008071249955102708",
        "2900, 3080, 0.92, 2.4471754438898213e-06"
    })
    void binomial_tails_agree_with_scipy(int successes, int trials, double p, double expected) {
        assertThat(Binomial.atLeast(successes, trials, p)).isEqualTo(expected, within(1e-10 * expected));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 10, 0.3, 0.2668279319999998",
        "190, 200, 0.9, 0.004542684412131249",
        "2900, 3080, 0.92, 7.244481999201786e-07",
        "0, 1000, 0.001, 0.3676954247709639",
        "50, 50, 0.97, 0.2180653753474073",
        "900, 100000, 0.0091, 0.012634044685558461",
        "-1, 10, 0.5, 0",
        "11, 10, 0.5, 0"
    })
    void binomial_probabilities_agree_with_scipy(int successes, int trials, double p, double expected) {
        assertThat(Binomial.probability(successes, trials, p)).isEqualTo(expected, within(1e-11 * expected));
    }

    @ParameterizedTest
    @CsvSource({
        "-3, 0.0013498980316300933",
        "-1.959963984540054, 0.025",
        "0.1, 0.539827837277029",
        "2.5, 0.9937903346742238",
        "6, 0.9999999990134123"
    })
    void the_normal_distribution_agrees_with_scipy(double x, double expected) {
        assertThat(Normal.cdf(x)).isEqualTo(expected, within(1e-14));
    }

    @ParameterizedTest
    @CsvSource({"0.025, -1.9599639845400545", "0.001, -3.090232306167813", "0.8, 0.8416212335729143"})
    void its_quantiles_agree_with_scipy(double p, double expected) {
        assertThat(Normal.quantile(p)).isEqualTo(expected, within(1e-12));
    }

    /** The first outputs for seed 1234567, as published with the reference implementation in C (Vigna, splitmix64.c). */
    @Test
    void the_generator_gives_the_published_numbers() {
        SplitMix64 random = new SplitMix64(1234567);
        assertThat(new long[] {random.next(), random.next(), random.next()})
                .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
    }
}
