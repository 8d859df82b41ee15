package dev.rung.ladder.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.ladder.climb.Progress;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Synthetic worlds through the real decision code, with a fixed seed.
 *
 * <p>A test fails where the whole 99 % Monte-Carlo interval contradicts what is claimed. {@code rung bench evidence} runs the same experiments with many more worlds.
 */
class SimulationTest {
    private static final Crowd CROWD = new Crowd(20_261_125, 2);

    @Test
    void the_counts_are_the_same_whatever_the_number_of_threads() {
        FalsePromotions one = new FalsePromotions(new Crowd(5, 1), 2);
        FalsePromotions three = new FalsePromotions(new Crowd(5, 3), 2);
        assertThat(three.lines(Progress.NONE))
                .isEqualTo(one.lines(Progress.NONE))
                .anyMatch(line -> line.draws() > 50);
    }

    @Test
    void nothing_below_the_bar_is_promoted_in_more_than_five_percent_of_lives() {
        FalsePromotions promotions = new FalsePromotions(CROWD, 30);
        assertThat(promotions.section(promotions.lines(Progress.NONE)).claims()).noneMatch(SimulationTest::broken);
    }

    @Test
    void a_verdict_takes_as_few_rows_as_is_claimed_and_peeking_at_a_plain_interval_breaks() {
        RowsToDecide rows = new RowsToDecide(CROWD, 1_000, 200);
        assertThat(rows.section(rows.lines(Progress.NONE), rows.naive()).claims())
                .noneMatch(SimulationTest::broken);
        assertThat(rows.naive().getLast().oneSided().low()).isGreaterThan(0.15);
    }

    @Test
    void the_last_look_gives_a_small_sealed_set_the_power_of_a_fixed_sample() {
        PowerLost power = new PowerLost(CROWD, 1_000);
        PowerLost.Line bare = power.lines(Progress.NONE).get(0);
        PowerLost.Line withLastLook = power.lines(Progress.NONE).get(1);
        assertThat(withLastLook.good().low()).isGreaterThan(bare.good().high());
        assertThat(withLastLook.good().high()).isGreaterThan(RowsToDecide.fixedSamplePower(300, 0.95, 0.05) - 0.02);
    }

    @Test
    void intervals_cover_what_they_say_also_where_rows_share_few_clusters() {
        Coverage coverage = new Coverage(CROWD, 100, List.of(30, 100));
        assertThat(coverage.section(coverage.lines(Progress.NONE)).claims()).noneMatch(SimulationTest::broken);
    }

    @Test
    void promises_of_harm_are_kept_and_a_point_estimate_breaks_them() {
        PromiseKept promises = new PromiseKept(CROWD, 100);
        List<PromiseKept.Line> lines = promises.lines(Progress.NONE);
        assertThat(promises.section(lines).claims()).noneMatch(SimulationTest::broken);
        assertThat(lines).allMatch(line -> line.naiveKept().high() < 0.95);
    }

    @Test
    void a_solver_that_may_be_silent_is_not_promoted_below_the_bar_and_its_threshold_keeps_the_promise() {
        SilentWorlds silent = new SilentWorlds(CROWD, 60);
        List<SilentWorlds.Line> lines = silent.lines(Progress.NONE);
        assertThat(silent.section(lines).claims()).hasSize(7).noneMatch(SimulationTest::broken);
        assertThat(lines)
                .filteredOn(SilentWorlds.Line::good)
                .singleElement()
                .satisfies(good -> assertThat(good.promoted().low()).isGreaterThan(0.5));
        assertThat(lines)
                .filteredOn(line -> line.thresholds() > 0)
                .singleElement()
                .satisfies(derived -> assertThat(derived.thresholds()).isGreaterThan(100));
    }

    @Test
    void a_judge_shortens_intervals_by_what_its_agreement_predicts_and_never_invalidates_them() {
        JudgedWorlds judged = new JudgedWorlds(CROWD, 100);
        List<JudgedWorlds.Line> lines = judged.lines(Progress.NONE);
        assertThat(judged.section(lines).claims()).noneMatch(SimulationTest::broken);
        assertThat(lines)
                .filteredOn(line -> line.judge() == JudgedWorlds.Judge.LENIENT)
                .allMatch(line -> line.naive().high() < 0.5);
    }

    private static boolean broken(Claim claim) {
        return claim.state() == Claim.State.BROKEN;
    }
}
