package dev.rung.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.statistics.CalibrationError.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationErrorTest {
    private static List<Said> said(double[] confidences, int... right) {
        List<Said> said = new ArrayList<>();
        for (int i = 0; i < confidences.length; i++) {
            said.add(new Said("c" + i, confidences[i], right[i] == 1));
        }
        return said;
    }

    private static final List<Said> OVERCONFIDENT =
            said(new double[] {.80, .82, .84, .86, .90, .92, .94, .96}, 0, 0, 1, 0, 0, 0, 0, 1);
    private static final List<Said> MIXED = said(
            new double[] {.52, .55, .58, .61, .70, .72, .75, .78, .88, .91, .94, .97},
            0,
            1,
            0,
            1,
            1,
            0,
            1,
            0,
            1,
            1,
            0,
            1);

    /** NumPy 2.4.6, from the definitions: var(ddof=1) of confidence less outcome in each bin of four. */
    @Test
    void it_agrees_with_numpy() {
        CalibrationError sure = CalibrationError.of(OVERCONFIDENT, 2, 0.95);
        assertThat(sure.plain()).isEqualTo(0.63, within(1e-12));
        assertThat(sure.debiased()).isEqualTo(0.5831523528775877, within(1e-12));
        assertThat(CalibrationError.spiegelhalter(OVERCONFIDENT)).isEqualTo(5.80379384938955, within(1e-12));
        CalibrationError mixed = CalibrationError.of(MIXED, 3, 0.95);
        assertThat(mixed.plain()).isEqualTo(0.15916666666666665, within(1e-12));
        assertThat(mixed.debiased()).as("noise explains all of it").isZero();
        assertThat(CalibrationError.spiegelhalter(MIXED)).isEqualTo(1.8270914491235415, within(1e-12));
    }

    @Test
    void answers_of_equal_confidence_stay_in_one_bin() {
        double[] confidences = {.3, .5, .5, .5, .5, .5, .9, .9};
        List<CalibrationError.Bin> bins = CalibrationError.of(said(confidences, 0, 1, 0, 1, 0, 1, 1, 1), 4, 0.95)
                .bins();
        assertThat(bins).extracting(bin -> bin.members().size()).containsExactly(6, 2);
    }

    /** A student whose confidence is too high by {@code gap} throughout, so that the error in bins is exactly that. */
    private static List<Said> students(int answers, double gap, int copies, Random random) {
        List<Said> said = new ArrayList<>();
        for (int i = 0; i < answers; i++) {
            double confidence = 0.5 + random.nextDouble() / 2;
            boolean right = random.nextDouble() < confidence - gap;
            for (int copy = 0; copy < copies; copy++) {
                said.add(new Said("c" + i, confidence, right));
            }
        }
        return said;
    }

    @Test
    void the_debiased_error_does_not_grow_with_the_number_of_bins_and_the_plain_one_does() {
        Random random = new Random(2);
        double plain = 0;
        double squared = 0;
        int repeats = 300;
        for (int repeat = 0; repeat < repeats; repeat++) {
            CalibrationError error = CalibrationError.of(students(300, 0.08, 1, random), 15, 0.95);
            plain += error.plain() / repeats;
            squared += error.debiased() * error.debiased() / repeats;
        }
        assertThat(Math.sqrt(squared)).isEqualTo(0.08, within(0.006));
        assertThat(plain).isGreaterThan(0.095);
    }

    @Test
    void the_interval_holds_the_truth_about_as_often_as_it_says() {
        Random random = new Random(3);
        for (double gap : new double[] {0, 0.05, 0.15}) {
            for (int copies : new int[] {1, 3}) {
                int covered = 0;
                int draws = 120;
                for (int draw = 0; draw < draws; draw++) {
                    Interval interval = CalibrationError.of(students(300, gap, copies, random), 10, 0.95)
                            .interval();
                    covered += interval.low() <= gap && gap <= interval.high() ? 1 : 0;
                }
                assertThat((double) covered / draws)
                        .as("gap %s, %d copies", gap, copies)
                        .isGreaterThan(0.88);
            }
        }
    }

    @Test
    void spiegelhalters_z_is_standard_normal_for_an_honest_student_and_far_from_zero_for_another() {
        Random random = new Random(4);
        int beyond = 0;
        int found = 0;
        int draws = 1_000;
        for (int draw = 0; draw < draws; draw++) {
            beyond += Math.abs(CalibrationError.spiegelhalter(students(300, 0, 1, random))) > 1.96 ? 1 : 0;
            found += CalibrationError.spiegelhalter(students(300, 0.12, 1, random)) > 1.96 ? 1 : 0;
        }
        assertThat((double) beyond / draws).isBetween(0.03, 0.07);
        assertThat((double) found / draws).isGreaterThan(0.95);
    }
}
