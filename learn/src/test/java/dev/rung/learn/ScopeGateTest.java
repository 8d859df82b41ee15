package dev.rung.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScopeGateTest {
    /** Rows drawn as A·z with z standard normal have covariance A·Aᵀ; whitened, they have the identity. */
    @Test
    void whitened_rows_have_unit_covariance() {
        Random random = new Random(5);
        List<float[]> rows = new ArrayList<>();
        for (int row = 0; row < 20_000; row++) {
            double first = random.nextGaussian();
            double second = random.nextGaussian();
            double third = random.nextGaussian();
            rows.add(new float[] {
                (float) (3 * first), (float) (2 * first + second), (float) (first - second + 0.5 * third)
            });
        }
        try (Lanes lanes = new Lanes(2)) {
            Whitening whitening = Whitening.fit(rows, lanes);
            double[][] covariance = new double[3][3];
            for (float[] row : rows) {
                float[] white = whitening.apply(row);
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        covariance[i][j] += (double) white[i] * white[j] / rows.size();
                    }
                }
            }
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    assertThat(covariance[i][j]).isCloseTo(i == j ? 1 : 0, within(0.02));
                }
            }
        }
    }

    @Test
    void fewer_rows_than_dimensions_still_give_finite_distances() {
        Random random = new Random(6);
        List<float[]> rows = new ArrayList<>();
        for (int row = 0; row < 10; row++) {
            float[] values = new float[30];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            rows.add(values);
        }
        try (Lanes lanes = new Lanes(1)) {
            for (float value : Whitening.fit(rows, lanes).apply(rows.getFirst())) {
                assertThat(value).isFinite();
            }
        }
    }

    /** Two clusters in scope; out-of-scope rows scatter widely, half of them with confident scores. */
    @Test
    void a_gate_over_distances_sees_what_scores_alone_do_not() {
        Random random = new Random(7);
        List<float[]> vectors = new ArrayList<>();
        float[][] scores = new float[900][];
        int[] labels = new int[900];
        for (int row = 0; row < 900; row++) {
            labels[row] = row % 3;
            float[] vector = new float[6];
            for (int i = 0; i < 6; i++) {
                vector[i] = (float) (random.nextGaussian() * (labels[row] == 2 ? 4 : 0.5));
            }
            vector[0] += labels[row] == 0 ? 3 : labels[row] == 1 ? -3 : 0;
            vectors.add(vector);
            scores[row] = new float[] {vector[0], -vector[0], -2};
        }
        try (Lanes lanes = new Lanes(2)) {
            LabelDistances distances = LabelDistances.fit(vectors, labels, 3, 2, lanes);
            ScoreTable table = new ScoreTable(3, scores);
            float[][] far = vectors.stream()
                    .map(vector -> distances.describe(vector, 2))
                    .toArray(float[][]::new);
            int withDistances = ScopeGate.fit(table, far, labels, 2, distances, ScopeGoal.NONE, lanes)
                    .chosen
                    .right();
            int withoutDistances = ScopeGate.fit(table, new float[900][0], labels, 2, null, ScopeGoal.NONE, lanes)
                    .chosen
                    .right();
            assertThat(withDistances).isGreaterThan(850).isGreaterThan(withoutDistances + 100);
        }
    }

    /** By hand: evidence falls with the row; rows 0 and 2 are out of scope, so one in-scope row is lost for both. */
    @Test
    void the_threshold_keeps_the_wanted_recall_at_the_least_loss() {
        ScoreTable scores = ScoreTable.of(new float[][] {{1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {0, 1, 0}});
        ScopeThreshold chosen = ScopeThreshold.choose(
                new double[] {0.9, 0.8, 0.7, 0.2, 0.1}, scores, new int[] {2, 0, 2, 0, 1}, 2, ScopeGoal.NONE);
        assertThat(chosen.value()).isCloseTo(0.45, within(1e-12));
        assertThat(chosen.right()).isEqualTo(4);
    }

    /** By hand, for 40 rows in scope, all answered right, and 10 that are not: with the mean under a uniform prior, 10 of 10 are 11/12, and 8 of 10 are 9/12. */
    @Test
    void a_goal_is_reached_with_as_much_room_as_the_other_goals_leave() {
        double[] evidence = new double[50];
        int[] labels = new int[50];
        float[][] scores = new float[50][];
        for (int row = 0; row < 50; row++) {
            labels[row] =
                    row < 8 || row == 14 || row == 15 ? 2 : 0; // eight strangers first, two more behind six others
            evidence[row] = 50 - row;
            scores[row] = new float[] {1, 0, 0};
        }
        ScoreTable table = ScoreTable.of(scores);
        assertThat(threshold(evidence, table, labels, new ScopeGoal(0.80, Double.NaN, 0.50, Double.NaN)))
                .as("two strangers more are not worth six false alarms")
                .isEqualTo(42.5);
        assertThat(threshold(evidence, table, labels, new ScopeGoal(0.70, Double.NaN, 0.75, Double.NaN)))
                .as("eight of ten would be no more than the goal")
                .isEqualTo(34.5);
        assertThat(threshold(evidence, table, labels, new ScopeGoal(0.70, Double.NaN, 0.75, 0.05)))
                .as("six false alarms of forty are too many")
                .isEqualTo(42.5);
    }

    private static double threshold(double[] evidence, ScoreTable scores, int[] labels, ScopeGoal goal) {
        return ScopeThreshold.choose(evidence, scores, labels, 2, goal).value();
    }
}
