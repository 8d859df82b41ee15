package dev.rung.core.evidence.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.statistics.Binomial;
import dev.rung.core.statistics.SplitMix64;
import dev.rung.core.task.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerivationTest {
    private static CalibrationRow row(int number, double confidence, boolean harmful) {
        return new CalibrationRow("q" + number, confidence, harmful);
    }

    /** Rows of falling confidence, of which those with the given ranks, from 1, do harm. */
    private static List<CalibrationRow> ranked(int rows, Integer... harmful) {
        List<CalibrationRow> ranked = new ArrayList<>();
        for (int rank = 1; rank <= rows; rank++) {
            ranked.add(row(rank, 1 - rank / (rows + 1.0), List.of(harmful).contains(rank)));
        }
        return ranked;
    }

    private static Derivation derive(double harm, double confidence, List<CalibrationRow> rows) {
        return new Derivation(new Promise(harm, confidence), RiskCoverage.of(rows));
    }

    /** SciPy 1.17.1, scipy.stats.binom.cdf: the largest count whose probability, or that of fewer, is at most 1 - confidence. */
    @ParameterizedTest
    @CsvSource({
        "0.05, 0.90, 44, -1, 0", // 45 rows are the fewest: 0.95^45 = 0.0994
        "0.05, 0.90, 45, 0, 0.09944025698709247",
        "0.02, 0.90, 114, 0, 0.09994765958206105",
        "0.01, 0.90, 230, 0, 0.09910481551887486",
        "0.02, 0.95, 500, 4, 0.028122586485324463",
        "0.05, 0.95, 1000, 38, 0.043348190606908005",
        "0.01, 0.90, 4000, 31, 0.08444612486960189",
        "0.05, 0.90, 4000, 181, 0.08827460646389862"
    })
    void the_most_harmful_rows_are_those_of_the_exact_binomial_test(
            double harm, double confidence, int rows, int most, double probability) {
        HarmTest test = new HarmTest(new Promise(harm, confidence), rows);
        assertThat(test.mostHarmful()).isEqualTo(most);
        assertThat(test.pValue(most)).isEqualTo(probability, within(1e-12));
        assertThat(test.keeps(most + 1)).isFalse();
    }

    @Test
    void the_loosest_threshold_that_is_proved_is_the_last_before_one_harmful_row_too_many() {
        // 114 rows at 2 % with 90 %: not one harmful row may be let through.
        List<CalibrationRow> rows = ranked(114, 71, 90);
        Derivation derived = derive(0.02, 0.90, rows);
        assertThat(derived.threshold()).hasValue(rows.get(69).confidence());
        assertThat(derived.tests()).hasSize(2);
        assertThat(derived.tests().getLast().point().harmful()).isOne();
        assertThat(derived.tests().getLast().pValue()).isGreaterThan(0.10);
        assertThat(derived.coverage().estimate()).isEqualTo(70 / 114.0);
        assertThat(derived.harm().estimate()).isZero();
        assertThat(derived.harm().high()).isEqualTo(Binomial.upperBound(0, 114, 0.05));
        Estimate accuracy = derived.acceptedAccuracy();
        assertThat(accuracy.estimate()).isOne();
        assertThat(accuracy.n()).isEqualTo(70);
        assertThat(derived.acceptsAll()).isFalse();
    }

    @Test
    void a_threshold_is_where_the_one_sided_upper_bound_of_the_harm_meets_the_promise() {
        SplitMix64 random = new SplitMix64(4);
        List<CalibrationRow> rows = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            double confidence = random.below(1_000_000) / 1e6;
            rows.add(row(i, confidence, random.below(1_000_000) / 1e6 > 0.5 + confidence / 2));
        }
        RiskCoverage curve = RiskCoverage.of(rows);
        double chosen =
                new Derivation(new Promise(0.04, 0.95), curve).threshold().orElseThrow();
        for (RiskCoverage.Point point : curve.points()) {
            double upper = Binomial.upperBound(point.harmful(), curve.rows(), 0.05);
            assertThat(point.threshold() >= chosen).as("%s", point).isEqualTo(upper <= 0.04);
        }
    }

    @Test
    void rows_of_equal_confidence_are_let_through_together_or_not_at_all() {
        List<CalibrationRow> rows = new ArrayList<>(ranked(200));
        for (int i = 100; i < 120; i++) { // twenty rows at one confidence, five of them harmful; three would be proved
            rows.set(i, row(i + 1, 0.45, i < 105));
        }
        Derivation derived = derive(0.04, 0.95, rows);
        assertThat(new HarmTest(derived.promise(), 200).mostHarmful()).isEqualTo(3);
        assertThat(derived.threshold()).hasValue(rows.get(99).confidence());
        assertThat(derived.tests().getLast().point())
                .isEqualTo(new RiskCoverage.Point(rows.getLast().confidence(), 200, 5));
        assertThat(derived.tests().getLast().pValue()).isEqualTo(Binomial.atMost(5, 200, 0.04));
    }

    @Test
    void a_question_asked_again_counts_once_by_its_first_row() {
        List<CalibrationRow> once = ranked(300, 150, 200, 250);
        List<CalibrationRow> again = new ArrayList<>(once);
        for (int copy = 0; copy < 50; copy++) {
            again.addAll(once.subList(0, 100));
        }
        assertThat(derive(0.02, 0.90, again)).isEqualTo(derive(0.02, 0.90, once));
    }

    @Test
    void what_states_no_confidence_is_never_let_through_but_counts_as_a_question() {
        List<CalibrationRow> rows = new ArrayList<>(ranked(60));
        for (int i = 0; i < 60; i++) {
            rows.add(row(100 + i, Double.NaN, true));
        }
        Derivation derived = derive(0.02, 0.90, rows);
        assertThat(derived.curve().rows()).isEqualTo(120);
        assertThat(derived.coverage().estimate()).isEqualTo(0.5);
        assertThat(derive(0.02, 0.90, rows.subList(60, 120)).threshold()).isEmpty();
        assertThat(derive(0.02, 0.90, rows.subList(60, 120)).rowsNeeded()).isEmpty();
    }

    @Test
    void a_solver_that_keeps_the_promise_on_everything_needs_no_threshold() {
        assertThat(derive(0.05, 0.90, ranked(100)).acceptsAll()).isTrue();
        assertThat(derive(0.05, 0.90, ranked(100, 100)).acceptsAll()).isTrue();
        assertThat(derive(0.05, 0.90, ranked(100, 50, 90, 100)).acceptsAll()).isFalse();
    }

    @Test
    void where_nothing_is_proved_the_number_of_rows_that_would_be_needed_is_named() {
        Derivation tooFew = derive(0.02, 0.90, ranked(50));
        assertThat(tooFew.threshold()).isEmpty();
        assertThat(tooFew.rowsNeeded()).hasValue(114); // ln 0.1 / ln 0.98 = 113.97

        // The surest row of 114 is wrong: a rate of 0.88 %, which more rows could prove to be below 2 %.
        Derivation surestWrong = derive(0.02, 0.90, ranked(114, 1));
        assertThat(surestWrong.threshold()).isEmpty();
        int needed = surestWrong.rowsNeeded().orElseThrow();
        HarmTest then = new HarmTest(surestWrong.promise(), needed);
        assertThat(then.keeps((int) Math.ceil(needed / 114.0))).isTrue();
        assertThat(needed).isBetween(115, 1000);

        // All at one confidence and a third of them wrong: no number of rows helps.
        List<CalibrationRow> alike = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            alike.add(row(i, 1, i % 3 == 0));
        }
        assertThat(derive(0.02, 0.90, alike).threshold()).isEmpty();
        assertThat(derive(0.02, 0.90, alike).rowsNeeded()).isEmpty();
    }

    /**
     * Every calibration set of 40 rows over five kinds of rows: three confidences at which harm is possible, harmless rows, and silent ones. The chance that the
     * threshold found breaks the promise, summed over all of them, never exceeds what is allowed.
     */
    @Test
    void the_promise_is_kept_exactly_by_enumeration() {
        Promise promise = new Promise(0.10, 0.80);
        int n = 40;
        // Harm by confidence 0.9, 0.6, 0.3: within the promise, just beyond it at the middle one, and just beyond at
        // the first.
        double[][] worlds = {{0.05, 0.049, 0.05}, {0.05, 0.051, 0.20}, {0.101, 0.01, 0.10}, {0.09, 0.0101, 0.30}};
        double[] confidences = {0.9, 0.6, 0.3};
        double worst = 0;
        for (double[] harm : worlds) {
            double broken = 0;
            double rest = 1 - harm[0] - harm[1] - harm[2];
            for (int a = 0; a <= n; a++) {
                for (int b = 0; a + b <= n; b++) {
                    for (int c = 0; a + b + c <= n; c++) {
                        double chance = multinomial(n, new int[] {a, b, c}, harm, rest);
                        Derivation derived = new Derivation(
                                promise,
                                new RiskCoverage(
                                        n,
                                        List.of(
                                                new RiskCoverage.Point(confidences[0], a, a),
                                                new RiskCoverage.Point(confidences[1], a + b, a + b),
                                                new RiskCoverage.Point(confidences[2], n, a + b + c))));
                        double threshold = derived.threshold().orElse(1);
                        double truth = (threshold <= 0.9 ? harm[0] : 0)
                                + (threshold <= 0.6 ? harm[1] : 0)
                                + (threshold <= 0.3 ? harm[2] : 0);
                        broken += truth > promise.harm() ? chance : 0;
                    }
                }
            }
            assertThat(broken).as("%s", List.of(harm[0], harm[1], harm[2])).isLessThanOrEqualTo(0.20);
            worst = Math.max(worst, broken);
        }
        // Nothing is lost to testing many thresholds: the error is that of a single test at the harm of the last world,
        // 0.1001.
        assertThat(worst).isEqualTo(Binomial.atMost(1, n, 0.1001), within(1e-9));
    }

    private static double multinomial(int n, int[] counts, double[] shares, double rest) {
        double log = logFactorial(n);
        int left = n;
        for (int i = 0; i < counts.length; i++) {
            log += counts[i] * Math.log(shares[i]) - logFactorial(counts[i]);
            left -= counts[i];
        }
        return Math.exp(log + left * Math.log(rest) - logFactorial(left));
    }

    private static double logFactorial(int n) {
        double log = 0;
        for (int i = 2; i <= n; i++) {
            log += Math.log(i);
        }
        return log;
    }

    @Test
    void a_derivation_is_read_back_as_it_was_written() {
        Derivation derived = derive(0.02, 0.90, ranked(400, 3, 200, 220, 390));
        assertThat(Derivation.fromJson(derived.toJson())).isEqualTo(derived);
        assertThat(derived.tests()).hasSizeGreaterThan(2);
    }
}
