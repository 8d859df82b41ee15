package dev.rung.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VectorScalingTest {
    private static final float[] FACTORS = {1.5f, 0.5f, 1f, 0.8f};
    private static final float[] SHIFTS = {0.5f, -1f, 0f, 0.5f};
    private static final VectorScaling TRUTH = new VectorScaling(FACTORS, SHIFTS);
    private static final VectorScaling NOTHING = new VectorScaling(new float[] {0.5f, 0.5f, 0.5f, 0.5f}, new float[4]);

    /** Scores with labels drawn from the softmax of what {@code truth} makes of them. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record World(ScoreTable scores, int[] labels) {
        static World of(int rows, VectorScaling truth, long seed) {
            Random random = new Random(seed);
            float[][] scores = new float[rows][4];
            int[] labels = new int[rows];
            for (int row = 0; row < rows; row++) {
                for (int label = 0; label < 4; label++) {
                    scores[row][label] = (float) (2 * random.nextGaussian());
                }
                float[] probabilities = Softmax.probabilities(truth.applied(scores[row]), 1);
                double left = random.nextDouble();
                int drawn = 0;
                while (drawn < 3 && left >= probabilities[drawn]) {
                    left -= probabilities[drawn++];
                }
                labels[row] = drawn;
            }
            return new World(ScoreTable.of(scores), labels);
        }
    }

    @Test
    void it_recovers_the_factors_and_shifts_that_labels_were_drawn_with() {
        World world = World.of(40_000, TRUTH, 1);
        VectorScaling found = VectorScaling.fit(world.scores(), world.labels());
        for (int label = 0; label < 4; label++) {
            assertThat(found.factors[label]).isEqualTo(FACTORS[label], within(0.05f));
            // Only differences between shifts show.
            assertThat(found.shifts[label] - found.shifts[2]).isEqualTo(SHIFTS[label], within(0.08f));
        }
    }

    @Test
    void it_is_used_where_labels_differ_and_there_are_rows_enough_to_see_it() {
        World world = World.of(600, TRUTH, 2);
        VectorScaling found = Objects.requireNonNull(VectorScaling.ifBetter(world.scores(), world.labels()));
        World fresh = World.of(20_000, TRUTH, 3);
        double scaled = LogLoss.of(Temperature.NEUTRAL.probabilities(found.applied(fresh.scores())), fresh.labels());
        double tempered = LogLoss.of(
                Temperature.fit(world.scores(), world.labels()).probabilities(fresh.scores()), fresh.labels());
        assertThat(scaled).isLessThan(tempered - 0.02);
        assertThat(VectorScaling.ifBetter(
                        World.of(19, TRUTH, 2).scores(), World.of(19, TRUTH, 2).labels()))
                .as("fewer than five rows a label")
                .isNull();
    }

    @Test
    void where_a_temperature_is_all_there_is_it_is_seldom_used() {
        int used = 0;
        for (int seed = 0; seed < 40; seed++) {
            World world = World.of(200, NOTHING, 100 + seed);
            used += VectorScaling.ifBetter(world.scores(), world.labels()) == null ? 0 : 1;
        }
        assertThat(used).isLessThanOrEqualTo(4);
    }

    @Test
    void heads_that_have_it_folded_in_give_the_scaled_scores() {
        Random random = new Random(5);
        Head first = new Head(new Inputs(false, 0, 3), head(random));
        Head second = new Head(new Inputs(false, 0, 3), head(random));
        float[] weights = {0.3f, 0.7f};
        float[] vector = {0.2f, -1f, 3f};
        List<Head> folded = TRUTH.folded(List.of(first, second), weights);
        assertThat(sum(folded, weights, vector))
                .containsExactly(TRUTH.applied(sum(List.of(first, second), weights, vector)), within(1e-5f));
    }

    private static LinearHead head(Random random) {
        float[][] rows = new float[4][4];
        for (float[] row : rows) {
            for (int label = 0; label < 4; label++) {
                row[label] = (float) random.nextGaussian();
            }
        }
        return new LinearHead(0, 3, 4, rows);
    }

    private static float[] sum(List<Head> heads, float[] weights, float[] vector) {
        float[] sum = new float[4];
        for (int i = 0; i < weights.length; i++) {
            LinearMaps.add(weights[i], heads.get(i).scores(SparseRow.EMPTY, vector), sum);
        }
        return Arrays.copyOf(sum, 4);
    }
}
