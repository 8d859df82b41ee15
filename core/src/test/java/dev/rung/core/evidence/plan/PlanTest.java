package dev.rung.core.evidence.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.evidence.PairWalk;
import dev.rung.core.evidence.RateWalk;
import dev.rung.core.evidence.TwoSidedTest;
import dev.rung.core.statistics.SplitMix64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many rows a question needs: against published tables, and against the tests that will decide. */
class PlanTest {
    private static final Strictness USUAL = new Strictness(0.05, Strictness.BETA, 0.8);

    /**
     * The first is the design of A'Hern (2001) as quoted by Khan, Sarker and Hackshaw (2012, British Journal of Cancer 107:1801): 10 % against 20 % at 5 % and 80 % needs 78, with
     * exact power 80.81 %. The others are the least numbers by the same definition, computed with SciPy 1.17.1 (scipy.stats.binom).
     */
    @ParameterizedTest
    @CsvSource({
        "0.1, 0.2, 78, 0.8081",
        "0.2, 0.4, 35, 0.8048254965693624",
        "0.5, 0.7, 37, 0.8070956916527874",
        "0.8, 0.9, 82, 0.8057063959899642",
        "0.9, 0.95, 179, 0.8129406533471755"
    })
    void one_look_needs_the_rows_of_the_published_tables(double bar, double truth, int rows, double power) {
        Sample sample = RatePlan.of(bar, truth, USUAL).fixed().orElseThrow();
        assertThat(sample.rows()).isEqualTo(rows);
        assertThat(sample.power()).isEqualTo(power, within(1e-4));
        assertThat(RatePlan.fixedPower(bar, truth, 0.05, rows)).isEqualTo(sample.power(), within(1e-12));
    }

    /** Exact figures of the same tests from an independent walk over binomial counts (NumPy 2.4, SciPy 1.17), as quoted in docs/evidence.md and decision 5. */
    @Test
    void the_walk_gives_the_figures_of_an_independent_computation() {
        RateWalk walk = new RateWalk(0.9, 0.05, 0.05);
        assertThat(walk.at(200, 0.95).passed()).isEqualTo(0.81, within(0.006));
        assertThat(walk.at(100, 0.95).passed()).isEqualTo(0.46, within(0.006));
        assertThat(walk.at(300, 0.95).passed()).isEqualTo(0.93, within(0.006));
        // 204 rows to a PASS alone; a few early FAILs make the mean to any verdict a little less
        assertThat(new RateWalk(0.9, 0.05, 1e-9).at(2000, 0.95).meanRows()).isEqualTo(204, within(0.6));
        assertThat(walk.at(2000, 0.95).meanRows()).isBetween(201.0, 204.0);
        assertThat(walk.at(2000, 0.80).meanRows()).isEqualTo(98.5, within(0.1));
        assertThat(walk.at(2000, 0.75).meanRows()).isEqualTo(44.7, within(0.1));
        assertThat(walk.at(2000, 0.40).meanRows()).isEqualTo(5.2, within(0.1));
    }

    @Test
    void at_the_bar_itself_both_errors_keep_their_levels_exactly() {
        for (double bar : new double[] {0.5, 0.8, 0.9, 0.97}) {
            RateWalk walk = new RateWalk(bar, 0.05, 0.05);
            for (int rows : new int[] {1, 20, 60, 200, 420, 1000}) {
                RateWalk.Outlook outlook = walk.at(rows, bar);
                assertThat(outlook.passed()).as("%s, %d rows", bar, rows).isLessThanOrEqualTo(0.05 + 1e-9);
                assertThat(outlook.failed()).as("%s, %d rows", bar, rows).isLessThanOrEqualTo(0.05 + 1e-9);
            }
        }
        assertThat(new RateWalk(0.9, 0.05, 0.05).at(420, 0.9).passed()).isGreaterThan(0.04);
    }

    @Test
    void a_plan_with_early_stopping_has_its_power_and_sees_fewer_rows() {
        RatePlan plan = RatePlan.of(0.9, 0.95, USUAL);
        Sample early = plan.early().orElseThrow();
        Sample fixed = plan.fixed().orElseThrow();
        assertThat(early.power()).isGreaterThanOrEqualTo(0.8);
        assertThat(early.rows()).isBetween((int) (0.9 * fixed.rows()), (int) (1.15 * fixed.rows()));
        assertThat(early.meanRows()).isLessThan(0.85 * early.rows());
    }

    @Test
    void the_least_truth_that_rows_can_prove_is_where_the_power_is_reached() {
        double least = RatePlan.leastTruth(0.8, 377, USUAL).orElseThrow();
        RateWalk walk = new RateWalk(0.8, 0.05, 0.05);
        assertThat(walk.at(377, least).passed()).isGreaterThanOrEqualTo(0.8);
        assertThat(walk.at(377, least - 0.001).passed()).isLessThan(0.8);
        assertThat(RatePlan.leastTruth(0.95, 40, USUAL)).isEmpty();
        assertThat(RatePlan.leastTruth(0.95, 0, USUAL)).isEmpty();
    }

    @Test
    void what_no_rows_can_prove_is_refused() {
        assertThatThrownBy(() -> RatePlan.of(0.9, 0.9, USUAL)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RatePlan.of(1, 1, USUAL)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PairPlan.of(0.02, 0.08, -0.02, USUAL)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PairPlan.of(0.02, 0.01, 0.05, USUAL)).isInstanceOf(IllegalArgumentException.class);
        assertThat(RatePlan.of(0.9, 0.9005, USUAL).fixed()).isEmpty();
    }

    /** (1.645 + 0.842)^2 discordance / margin^2: 1,237, 550 and 198 pairs at 8 % discordant, 2,319, 1,031 and 371 at 15 %, for margins of 2, 3 and 5 points. */
    @ParameterizedTest
    @CsvSource({
        "0.08, 0.02, 1237",
        "0.08, 0.03, 550",
        "0.08, 0.05, 198",
        "0.15, 0.02, 2319",
        "0.15, 0.03, 1031",
        "0.15, 0.05, 371"
    })
    void the_large_sample_numbers_of_pairs_are_the_published_ones(double discordance, double margin, int pairs) {
        double needed = PairPlan.largeSample(margin, discordance / 2, discordance / 2, USUAL);
        assertThat(Math.ceil(needed)).isEqualTo(pairs, within(1.0));
    }

    @Test
    void a_plan_for_pairs_has_its_power_with_the_tests_that_decide() {
        PairPlan plan = PairPlan.of(0.05, 0.08, 0, USUAL);
        Sample fixed = plan.fixed().orElseThrow();
        assertThat(fixed.rows()).isBetween(190, 240);
        assertThat(PairPlan.fixedPower(0.05, 0.04, 0.04, 0.05, fixed.rows())).isEqualTo(fixed.power());
        assertThat(fixed.power()).isBetween(0.8, 0.83);
        Sample early = plan.early().orElseThrow();
        assertThat(early.power()).isBetween(0.8, 0.82);
        assertThat(early.rows()).isGreaterThan(fixed.rows());
        assertThat(early.meanRows()).isLessThan(early.rows());
    }

    @Test
    void at_the_margin_itself_looking_after_every_pair_keeps_both_levels() {
        PairWalk walk = new PairWalk(0.05, 0.05, 0.05);
        for (double discordance : new double[] {0.05, 0.08, 0.2}) {
            PairWalk.Path path = walk.walk((discordance - 0.05) / 2, (discordance + 0.05) / 2, 1, 800);
            assertThat(path.passed(800)).as("discordance %s", discordance).isBetween(0.001, 0.05);
            assertThat(path.failed(800)).as("discordance %s", discordance).isLessThan(0.05);
        }
    }

    @Test
    void the_walk_over_pairs_agrees_with_a_simulation_of_the_real_test() {
        SplitMix64 random = new SplitMix64(21);
        int runs = 1000;
        int pairs = 120;
        int passed = 0;
        int failed = 0;
        long seen = 0;
        for (int run = 0; run < runs; run++) {
            TwoSidedTest test = new TwoSidedTest((1 - 0.1) / 2, 0.05, 0.05, false);
            for (int i = 0; i < pairs && !test.provedAbove() && !test.provedBelow(); i++, seen++) {
                int draw = random.below(100);
                test.add(draw < 8 ? 1 : draw < 20 ? 0 : 0.5);
            }
            passed += test.provedAbove() ? 1 : 0;
            failed += test.provedBelow() ? 1 : 0;
        }
        PairWalk.Path path = new PairWalk(0.1, 0.05, 0.05).walk(0.08, 0.12, 1, pairs);
        assertThat((double) passed / runs).isEqualTo(path.passed(pairs), within(3 * Math.sqrt(0.25 / runs)));
        assertThat((double) failed / runs).isEqualTo(path.failed(pairs), within(0.02));
        assertThat((double) seen / runs).isEqualTo(path.meanPairs(pairs), within(3.0));
    }
}
