package dev.rung.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResamplingTest {
    private static Groups groups(double... values) {
        List<Integer> lines = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            lines.add(i);
        }
        return Groups.of(lines, String::valueOf, line -> values[line]);
    }

    @Test
    void a_figure_is_the_same_alone_and_beside_others_and_on_one_thread_and_on_many() {
        SplitMix64 random = new SplitMix64(11);
        int clusters = 1_200; // enough for several threads
        double[] values = new double[clusters];
        Arrays.setAll(values, i -> random.below(1000) / 999.0);
        Weighted mean = Bootstrap.mean(groups(values));
        Resampling together = new Resampling(1_000);
        together.add(times -> times[0], clusters);
        Resampling.Drawn drawn = together.add(mean, clusters);
        together.add(times -> times[6], 7);
        together.run();

        // One stream of numbers after the other, as the second implementation of certificates draws them.
        SplitMix64 numbers = new SplitMix64(20_260_101);
        double[] plain = new double[1_000];
        for (int r = 0; r < plain.length; r++) {
            int[] times = new int[clusters];
            for (int i = 0; i < clusters; i++) {
                times[numbers.below(clusters)]++;
            }
            plain[r] = mean.weighted(times);
        }
        Arrays.sort(plain);
        assertThat(drawn.sorted()).containsExactly(plain);
        assertThat(Resampling.of(mean, clusters, 1_000)).containsExactly(plain);
    }

    @Test
    void few_clusters_leave_room_for_one_that_nobody_has_seen() {
        // By hand: with a cluster of 0 added, the mean of five clusters is 0.8 · 4/5 = 0.64; Student's t of 4 degrees
        // of freedom at 2.5 % is
        // 2.7764451; the spread is that of 0.8, 0.8, 0.8, 0.8 and 0 around it, almost.
        Interval interval = FewClusters.of(groups(0.79, 0.81, 0.79, 0.81), 0.025);
        double squares = 2 * Math.pow(0.15, 2) + 2 * Math.pow(0.17, 2) + Math.pow(0.64, 2);
        double low = 0.64 - 2.7764451051977987 * Math.sqrt(squares * 5 / 4) / 5;
        Interval rate = RateInterval.at(0.8, 4, 0.025);
        assertThat(interval.low()).isEqualTo(Math.max(low, rate.low()), within(1e-9));
        assertThat(interval.high()).isBetween(0.8, rate.high());
    }

    @Test
    void clusters_that_all_agree_have_the_interval_of_a_rate() {
        assertThat(FewClusters.of(groups(1, 1, 1, 1, 1, 1), 0.025).low())
                .isEqualTo(Math.pow(0.025, 1 / 6.0), within(1e-9));
    }
}
