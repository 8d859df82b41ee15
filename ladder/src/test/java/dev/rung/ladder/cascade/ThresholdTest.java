package dev.rung.ladder.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.ladder.cascade.CascadeRung.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdTest {
    @Test
    void rows_below_the_threshold_are_those_that_the_stronger_tier_mends() {
        List<Pair> pairs = List.of(
                new Pair(0.2, 0, 1),
                new Pair(0.4, 0, 1),
                new Pair(0.6, 1, 1),
                new Pair(0.8, 1, 0),
                new Pair(0.9, 1, 1));
        assertThat(CascadeRung.threshold(pairs)).isEqualTo(0.6);
    }

    @Test
    void a_stronger_tier_that_mends_nothing_is_never_asked() {
        assertThat(CascadeRung.threshold(List.of(new Pair(0.2, 1, 0), new Pair(0.9, 1, 1))))
                .isZero();
    }

    @Test
    void equal_confidences_are_never_torn_apart() {
        List<Pair> pairs = List.of(new Pair(0.5, 0, 1), new Pair(0.5, 1, 0), new Pair(0.5, 0, 1), new Pair(0.7, 1, 0));
        assertThat(CascadeRung.threshold(pairs)).isEqualTo(0.7);
    }

    @Test
    void a_stronger_tier_that_is_right_where_the_student_never_is_takes_everything() {
        assertThat(CascadeRung.threshold(List.of(new Pair(0.3, 0, 1), new Pair(0.7, 0, 1))))
                .isGreaterThan(0.7);
    }
}
