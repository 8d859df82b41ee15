package dev.rung.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeighboursTest {
    /** Two rows at cosines 1 and 0.97 from (1, 0), and one opposite; the weights are e^0 and e^(−0.03 / 0.015) = e^−2. */
    @Test
    void a_row_votes_for_its_label_the_more_so_the_nearer_it_lies() {
        List<float[]> vectors = List.of(
                new float[] {1, 0}, new float[] {0.97f, (float) Math.sqrt(1 - 0.97 * 0.97)}, new float[] {-1, 0});
        Neighbours neighbours = Neighbours.of(lessons(vectors, 1, new int[] {0, 1, 2}));
        float[] cosines = neighbours.cosines(new float[] {5, 0});
        assertThat(cosines).containsExactly(new float[] {1, 0.97f, -1}, within(1e-6f));
        double all = 1 + Math.exp(-2);
        float[] votes = neighbours.votes(cosines);
        assertThat(votes[0]).isCloseTo((float) Math.log(1 / all + 1e-3), within(1e-4f));
        assertThat(votes[1]).isCloseTo((float) Math.log(Math.exp(-2) / all + 1e-3), within(1e-4f));
        assertThat(votes[2]).isCloseTo((float) Math.log(1e-3), within(1e-4f));
    }

    /** In two parts the direction is that of their sum: (1, 0) and (0, 1) point to (1, 1) / √2. */
    @Test
    void parts_are_summed_before_directions_are_compared() {
        Neighbours neighbours = Neighbours.of(
                lessons(List.of(new float[] {1, 0, 0, 1}, new float[] {1, 0, 1, 0}), 2, new int[] {0, 1}));
        assertThat(neighbours.cosines(new float[] {0, 0, 1, 0}))
                .containsExactly(new float[] {(float) Math.sqrt(0.5), 1}, within(1e-6f));
    }

    @Test
    void a_gate_is_told_the_nearest_rows_in_scope_and_the_lead_of_those_out_of_scope() {
        Random random = new Random(4);
        List<float[]> vectors = new ArrayList<>();
        int[] labels = new int[40];
        for (int row = 0; row < labels.length; row++) {
            vectors.add(new float[] {(float) random.nextGaussian(), (float) random.nextGaussian(), 1});
            labels[row] = row % 4;
        }
        Neighbours neighbours = Neighbours.of(lessons(vectors, 1, labels));
        float[] cosines = neighbours.cosines(new float[] {0.2f, 0.1f, 1});
        float[] described = neighbours.describe(cosines, 3);
        List<Float> inside = new ArrayList<>();
        float outside = -1;
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] == 3) {
                outside = Math.max(outside, cosines[row]);
            } else {
                inside.add(cosines[row]);
            }
        }
        inside.sort((a, b) -> Float.compare(b, a));
        float five = (inside.get(0) + inside.get(1) + inside.get(2) + inside.get(3) + inside.get(4)) / 5;
        assertThat(described)
                .hasSize(Neighbours.DESCRIBED)
                .containsExactly(new float[] {inside.getFirst(), five, outside - inside.getFirst()}, within(1e-6f));
    }

    private static Lessons lessons(List<float[]> vectors, int parts, int[] labels) {
        List<String> texts = vectors.stream().map(vector -> "text").toList();
        return new Lessons(texts, vectors, parts, labels, 4, -1);
    }
}
