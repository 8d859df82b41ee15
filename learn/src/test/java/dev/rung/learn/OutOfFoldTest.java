package dev.rung.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.evidence.forecast.CurvePoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutOfFoldTest {
    private static final String[][] WORDS = {
        {"invoice", "charge", "refund", "bill", "payment"},
        {"parcel", "courier", "delivery", "tracking", "shipped"},
        {"password", "login", "account", "locked", "email"}
    };

    private final List<String> texts = new ArrayList<>();
    private final int[] labels = new int[600];

    OutOfFoldTest() {
        Random random = new Random(3);
        String[] filler = {"please", "my", "the", "help", "is", "where", "why", "today", "again", "it"};
        for (int row = 0; row < labels.length; row++) {
            labels[row] = row % 3;
            String[] words = WORDS[labels[row]];
            texts.add(filler[random.nextInt(10)] + " " + words[random.nextInt(5)] + " " + filler[random.nextInt(10)]
                    + " " + words[random.nextInt(5)] + " " + filler[random.nextInt(10)]);
        }
    }

    @Test
    void a_row_is_never_answered_by_a_learner_that_saw_it() {
        Folds folds = Folds.of(labels, 5, 7);
        int[] timesHeldOut = new int[labels.length];
        for (int fold = 0; fold < 5; fold++) {
            for (int row : folds.heldOut(fold)) {
                timesHeldOut[row]++;
                assertThat(Arrays.binarySearch(folds.kept(fold), row)).isNegative();
            }
        }
        assertThat(timesHeldOut).containsOnly(1);
    }

    @Test
    void folds_have_like_shares_of_each_label_and_keep_groups_together() {
        Folds folds = Folds.of(labels, 5, 7);
        int[] groups = new int[labels.length];
        Arrays.setAll(groups, row -> row / 6);
        Folds grouped = Folds.ofGroups(labels, groups, 5, 7);
        for (int fold = 0; fold < 5; fold++) {
            for (int label = 0; label < 3; label++) {
                int wanted = label;
                assertThat(Arrays.stream(folds.heldOut(fold)).filter(row -> labels[row] == wanted))
                        .hasSize(40);
            }
            assertThat(Arrays.stream(grouped.heldOut(fold)).map(row -> row / 6).distinct())
                    .hasSize(grouped.heldOut(fold).length / 6);
        }
    }

    @Test
    void flipped_labels_stand_out_in_out_of_fold_probabilities() {
        int[] noisy = labels.clone();
        for (int row = 0; row < noisy.length; row += 20) {
            noisy[row] = (noisy[row] + 1) % 3;
        }
        try (Lanes lanes = new Lanes(2)) {
            ScoreTable probabilities = OutOfFold.probabilities(texts, noisy, 3, Folds.of(noisy, 5, 1), lanes);
            int found = 0;
            int falseAlarms = 0;
            for (int row = 0; row < noisy.length; row++) {
                boolean doubted = probabilities.best(row) != noisy[row];
                found += doubted && noisy[row] != labels[row] ? 1 : 0;
                falseAlarms += doubted && noisy[row] == labels[row] ? 1 : 0;
            }
            assertThat(found).as("of 30").isGreaterThanOrEqualTo(27);
            assertThat(falseAlarms).isZero();
        }
    }

    @Test
    void more_rows_help_and_the_curve_counts_every_held_out_row() {
        try (Lanes lanes = new Lanes(2)) {
            List<CurvePoint> curve = LearningCurve.measure(
                    texts, labels, 3, new double[] {0.01, 0.1, 1}, Folds.of(labels, 4, 1), 9, lanes);
            assertThat(curve)
                    .extracting(CurvePoint::rows)
                    .containsExactly(6, 6, 6, 6, 45, 45, 45, 45, 450, 450, 450, 450);
            assertThat(curve).extracting(CurvePoint::answered).containsOnly(150);
            assertThat(curve).extracting(CurvePoint::heldOut).startsWith(0, 1, 2, 3, 0);
            double[] right = new double[3];
            for (int i = 0; i < curve.size(); i++) {
                right[i / 4] += curve.get(i).right() / 600.0;
            }
            assertThat(right[0]).isLessThan(right[1]);
            assertThat(right[2]).isGreaterThan(0.99);
        }
    }
}
