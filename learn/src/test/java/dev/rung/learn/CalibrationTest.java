package dev.rung.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
        assertThat(reliability(temperature.probabilities(table), labels).expectedError())
                .isLessThan(0.01);
        assertThat(reliability(Temperature.NEUTRAL.probabilities(table), labels).expectedError())
                .isGreaterThan(0.05);
    }

    @Test
    void rows_that_are_all_right_give_the_bound_and_not_infinity() {
        ScoreTable table = ScoreTable.of(new float[][] {{3, 0}, {0, 2}});
        assertThat(Temperature.fit(table, new int[] {0, 1}).value()).isCloseTo(0.05, within(1e-6));
    }

    /** By hand, 5 bins: {0.55: wrong}, {0.65, 0.75: one of two right}, {0.9, 0.95: both right}. */
    @Test
    void calibration_error_follows_its_definition_on_a_worked_example() {
        double[] confidence = {0.55, 0.65, 0.75, 0.9, 0.95};
        boolean[] right = {false, true, false, true, true};
        Reliability reliability = Reliability.of(confidence, right, 5);
        assertThat(reliability.bins()).extracting(Reliability.Bin::count).containsExactly(1, 2, 2);
        assertThat(reliability.expectedError())
                .isCloseTo((1 * 0.55 + 2 * Math.abs(0.7 - 0.5) + 2 * Math.abs(0.925 - 1)) / 5, within(1e-12));
    }

    /** Confidence equals the chance of being right, yet 300 answers in 15 bins show an error of several points. */
    @Test
    void the_debiased_error_of_a_calibrated_model_is_nearer_zero() {
        Random random = new Random(2);
        double plain = 0;
        double debiased = 0;
        for (int repeat = 0; repeat < 50; repeat++) {
            double[] confidence = new double[300];
            boolean[] right = new boolean[300];
            for (int i = 0; i < 300; i++) {
                confidence[i] = 0.5 + random.nextDouble() / 2;
                right[i] = random.nextDouble() < confidence[i];
            }
            Reliability reliability = Reliability.of(confidence, right, 15);
            plain += reliability.expectedError() / 50;
            debiased += reliability.debiasedError() / 50;
        }
        assertThat(plain).isGreaterThan(0.05);
        assertThat(debiased).isLessThan(plain / 2);
    }

    private static Reliability reliability(ScoreTable probabilities, int[] labels) {
        double[] confidence = new double[labels.length];
        boolean[] right = new boolean[labels.length];
        for (int row = 0; row < labels.length; row++) {
            int best = probabilities.best(row);
            confidence[row] = probabilities.get(row, best);
            right[row] = best == labels[row];
        }
        return Reliability.of(confidence, right, 15);
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
