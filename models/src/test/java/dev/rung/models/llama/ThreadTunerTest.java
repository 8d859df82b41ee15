package dev.rung.models.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tuner on a played machine of two cores, whose times for one token are like those measured without and beside two busy neighbours. */
class ThreadTunerTest {
    private static final int ONE_TOKEN = 1;

    /** Milliseconds a token by threads: alone, two threads take 0.6 of the time of one; beside busy neighbours they wait for each other and take thrice as long. */
    private static double milliseconds(int threads, boolean busy) {
        return busy ? (threads == 1 ? 16 : 48) : threads == 1 ? 14 : 8.4;
    }

    private final Random random = new Random(4);

    @Test
    void on_a_quiet_machine_all_cores_are_kept_and_trials_become_rare() {
        ThreadTuner tuner = ThreadTuner.upTo(2);
        assertThat(shareOf(tuner, 2, 1_000, false)).isGreaterThan(0.98);
        assertThat(shareOf(tuner, 2, 5_000, false)).isGreaterThan(0.995);
    }

    @Test
    void beside_busy_neighbours_fewer_threads_compute_within_a_few_tokens() {
        ThreadTuner tuner = ThreadTuner.upTo(2);
        assertThat(shareOf(tuner, 1, 40, true)).isGreaterThan(0.8);
        assertThat(shareOf(tuner, 1, 1_000, true)).isGreaterThan(0.97);
    }

    @Test
    void neighbours_that_come_and_go_are_noticed_though_trials_had_become_rare() {
        ThreadTuner tuner = ThreadTuner.upTo(2);
        shareOf(tuner, 2, 3_000, false);
        assertThat(shareOf(tuner, 1, 100, true)).as("neighbours came").isGreaterThan(0.85);
        shareOf(tuner, 1, 3_000, true);
        shareOf(tuner, 2, 600, false);
        assertThat(shareOf(tuner, 2, 500, false)).as("neighbours went").isGreaterThan(0.98);
    }

    @Test
    void sizes_of_batches_are_judged_apart() {
        ThreadTuner tuner = ThreadTuner.upTo(2);
        shareOf(tuner, 1, 200, true);
        assertThat(tuner.choose(100)).isEqualTo(2);
    }

    @Test
    void a_fixed_number_is_never_tried_against_another() {
        ThreadTuner tuner = ThreadTuner.fixed(2);
        assertThat(shareOf(tuner, 2, 500, true)).isEqualTo(1);
        assertThat(ThreadTuner.upTo(1).choose(ONE_TOKEN)).isEqualTo(1);
    }

    @Test
    void on_many_cores_the_number_is_found_by_halving() {
        ThreadTuner tuner = ThreadTuner.upTo(16);
        int last = 0;
        for (int i = 0; i < 400; i++) {
            last = tuner.choose(ONE_TOKEN);
            // Four threads are best; each doubling beyond costs a third.
            double time = last <= 4 ? 40.0 / last : 10 * Math.pow(1.33, Math.log(last / 4.0) / Math.log(2));
            tuner.measured(ONE_TOKEN, (long) (time * 1e6 * noise()));
        }
        int settled = 0;
        for (int i = 0; i < 100; i++) {
            int threads = tuner.choose(ONE_TOKEN);
            settled += threads == 4 ? 1 : 0;
            double time = threads <= 4 ? 40.0 / threads : 10 * Math.pow(1.33, Math.log(threads / 4.0) / Math.log(2));
            tuner.measured(ONE_TOKEN, (long) (time * 1e6 * noise()));
        }
        assertThat(settled).isGreaterThan(90);
        assertThat(last).isIn(2, 4, 8);
    }

    private double shareOf(ThreadTuner tuner, int wanted, int batches, boolean busy) {
        int chosen = 0;
        for (int i = 0; i < batches; i++) {
            int threads = tuner.choose(ONE_TOKEN);
            chosen += threads == wanted ? 1 : 0;
            tuner.measured(ONE_TOKEN, (long) (milliseconds(threads, busy) * 1e6 * noise()));
        }
        return (double) chosen / batches;
    }

    // Times vary by a tenth either way, and one batch in fifty is interrupted.
    private double noise() {
        return (0.9 + 0.2 * random.nextDouble()) * (random.nextInt(50) == 0 ? 3 : 1);
    }
}
