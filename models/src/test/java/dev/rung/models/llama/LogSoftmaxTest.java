package dev.rung.models.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogSoftmaxTest {
    @Test
    void the_normalizer_is_that_of_sums_in_double_precision() {
        Random random = new Random(1);
        for (double spread : new double[] {0, 0.1, 3, 30, 300}) {
            float[] scores = new float[49_153];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = (float) (10 + spread * random.nextGaussian());
            }
            double largest = Double.NEGATIVE_INFINITY;
            for (float score : scores) {
                largest = Math.max(largest, score);
            }
            double sum = 0;
            for (float score : scores) {
                sum += Math.exp(score - largest);
            }
            assertThat(LogSoftmax.normalizer(scores))
                    .isCloseTo(largest + Math.log(sum), within(1e-6 * (1 + largest / 10)));
        }
    }

    @Test
    void scores_that_rule_a_token_out_add_nothing() {
        assertThat(LogSoftmax.normalizer(new float[] {2, Float.NEGATIVE_INFINITY, -1e30f}))
                .isEqualTo(2);
        assertThat(LogSoftmax.add(Double.NEGATIVE_INFINITY, -3)).isEqualTo(-3);
    }
}
