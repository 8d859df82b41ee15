package dev.rung.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.statistics.Binomial;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Synthetic worlds through the real decision code, with fixed seeds.
 *
 * <p>Margins are three standard errors of the simulated share. Expected figures come from an exact computation of the same tests over binomial counts (NumPy 2.4, SciPy 1.17).
 */
class SimulationTest {
    private static final Bar BAR = new Bar(List.of(new Requirement.AtLeast(Metric.ACCURACY, 0.90)), 0.95);
    private static final int MOST = 2_000;
    private static final List<Outcome> RIGHT = new ArrayList<>();
    private static final List<Outcome> WRONG = new ArrayList<>();

    static {
        for (int line = 1; line <= MOST; line++) {
            RIGHT.add(Outcomes.of(line, true));
            WRONG.add(Outcomes.of(line, false));
        }
    }

    /** What came of many candidates. */
    private record Tally(int candidates, int passes, int fails, double meanRows) {
        double passShare() {
            return (double) passes / candidates;
        }

        double failShare() {
            return (double) fails / candidates;
        }
    }

    private static Evidence run(double truth, double alpha, int available, Random random) {
        Evidence evidence = new Evidence(BAR, alpha, 0.05, available);
        for (int i = 0; i < available && evidence.isOpen(); i++) {
            evidence.add(random.nextDouble() < truth ? RIGHT.get(i) : WRONG.get(i));
        }
        return evidence;
    }

    private static Tally simulate(double truth, int available, int candidates, long seed) {
        Random random = new Random(seed);
        int passes = 0;
        int fails = 0;
        long rows = 0;
        for (int i = 0; i < candidates; i++) {
            Evidence evidence = run(truth, 0.05, available, random);
            rows += evidence.outcomes().size();
            passes += evidence.verdict() instanceof Verdict.Pass ? 1 : 0;
            fails += evidence.verdict() instanceof Verdict.Fail ? 1 : 0;
        }
        return new Tally(candidates, passes, fails, (double) rows / candidates);
    }

    private static double margin(double share, int n) {
        return 3 * Math.sqrt(share * (1 - share) / n);
    }

    @Test
    void at_the_edge_of_the_bar_looking_after_every_row_passes_in_at_most_five_percent() {
        for (int available : new int[] {60, 200, 420}) {
            Tally edge = simulate(0.90, available, 2500, available);
            assertThat(edge.passShare()).as("%d rows", available).isLessThan(0.05 + margin(0.05, 2500));
            // 60 rows are too coarse: 59 right has probability 0.014, and 58 has 0.053
            assertThat(edge.passShare())
                    .as("%d rows: not far under it", available)
                    .isGreaterThan(available < 200 ? 0 : 0.03);
            assertThat(edge.failShare()).as("%d rows: false FAIL", available).isLessThan(0.05 + margin(0.05, 2500));
        }
    }

    @Test
    void looking_again_and_again_at_a_plain_interval_does_not_keep_its_promise() {
        Random random = new Random(11);
        int available = 500;
        int[] needed = new int[available + 1]; // the least hits whose exact one-sided 95 % bound lies above the bar
        for (int n = 1; n <= available; n++) {
            int hits = (int) Math.floor(0.9 * n);
            while (hits <= n && Binomial.atLeast(hits, n, 0.9) > 0.05) {
                hits++;
            }
            needed[n] = hits;
        }
        int passes = 0;
        for (int i = 0; i < 2000; i++) {
            int hits = 0;
            for (int n = 1; n <= available; n++) {
                hits += random.nextDouble() < 0.9 ? 1 : 0;
                if (hits >= needed[n]) {
                    passes++;
                    break;
                }
            }
        }
        assertThat(passes / 2000.0).isBetween(0.15, 0.30);
    }

    @Test
    void a_whole_climb_of_candidates_at_the_edge_promotes_anything_in_at_most_five_percent() {
        Random random = new Random(12);
        int climbs = 1200;
        int promoted = 0;
        for (int climb = 0; climb < climbs; climb++) {
            ErrorBudget budget = new ErrorBudget(0.05, List.of());
            for (int candidate = 1; candidate <= 6; candidate++) {
                double alpha = budget.draw("candidate " + candidate, 0.5).alpha();
                if (run(0.90, alpha, 200, random).verdict() instanceof Verdict.Pass) {
                    promoted++;
                    break;
                }
            }
        }
        assertThat((double) promoted / climbs)
                .isLessThan(0.05 + margin(0.05, climbs))
                .isGreaterThan(0.015);
    }

    @Test
    void a_good_candidate_passes_within_210_rows_on_average() {
        Tally good = simulate(0.95, MOST, 1500, 13);
        assertThat(good.meanRows()).isLessThan(210);
        assertThat(good.passShare()).isGreaterThan(0.99);
    }

    @Test
    void the_last_look_gives_a_small_sealed_set_the_power_of_a_fixed_sample() {
        // 200 rows at truth 0.95: 0.81 with the last look, 0.60 without it; the exact test of a fixed sample has 0.80
        assertThat(simulate(0.95, 200, 2500, 14).passShare()).isBetween(0.78, 0.84);
    }

    @Test
    void a_bad_candidate_fails_after_few_rows() {
        assertThat(simulate(0.80, MOST, 1500, 15).meanRows()).isLessThan(101); // 98.5 exactly; the rest is the margin
        assertThat(simulate(0.75, MOST, 1500, 16).meanRows()).isLessThan(48);
        assertThat(simulate(0.40, MOST, 1500, 17).meanRows()).isLessThan(6);
    }
}
