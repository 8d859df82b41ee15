package dev.rung.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.statistics.CalibrationError;
import dev.rung.core.statistics.CalibrationError.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    /** Labels are drawn from softmax(z / 2.5), so 2.5 is the temperature of the scores z. */
    @Test
    void temperature_scaling_recovers_the_temperature_that_labels_were_drawn_with() {
        Random random = new Random(1);
        float[][] scores = new float[40_000][6];
        int[] labels = new int[scores.length];
        for (int row = 0; row < scores.length; row++) {
            for (int label = 0; label < 6; label++) {
                scores[row][label] = (float) (4 * random.nextGaussian());
            }
            labels[row] = draw(Softmax.probabilities(scores[row], 2.5), random);
        }
        ScoreTable table = ScoreTable.of(scores);
        Temperature temperature = Temperature.fit(table, labels);
        assertThat(temperature.value()).isCloseTo(2.5, within(0.05));

        double before = LogLoss.of(Temperature.NEUTRAL.probabilities(table), labels);
        double after = LogLoss.of(temperature.probabilities(table), labels);
        assertThat(after).isLessThan(before);
        assertThat(reliability(temperature.probabilities(table), labels).debiased())
                .isLessThan(0.015);
        assertThat(reliability(Temperature.NEUTRAL.probabilities(table), labels).debiased())
                .isGreaterThan(0.05);
    }

    @Test
    void rows_that_are_all_right_give_the_bound_and_not_infinity() {
        ScoreTable table = ScoreTable.of(new float[][] {{3, 0}, {0, 2}});
        assertThat(Temperature.fit(table, new int[] {0, 1}).value()).isCloseTo(0.05, within(1e-6));
    }

    private static CalibrationError reliability(ScoreTable probabilities, int[] labels) {
        List<Said> said = new ArrayList<>();
        for (int row = 0; row < 5_000; row++) {
            int best = probabilities.best(row);
            said.add(new Said("row " + row, probabilities.get(row, best), best == labels[row]));
        }
        return CalibrationError.of(said, 15, 0.95);
    }

    private static int draw(float[] probabilities, Random random) {
        double left = random.nextDouble();
        for (int label = 0; label < probabilities.length; label++) {
            left -= probabilities[label];
            if (left < 0) {
                return label;
            }
        }
        return probabilities.length - 1;
    }
}
