package dev.rung.learn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * How accuracy grows with the number of labelled rows.
 *
 * @param points by number of rows, ascending
 */
public record LearningCurve(List<Point> points) {
    /**
     * One measurement.
     *
     * @param rows labelled rows learned from
     * @param right held-out rows answered right, summed over the repeats
     * @param answered held-out rows answered, summed over the repeats
     */
    public record Point(int rows, int right, int answered) {
        /** Returns the share of right answers, from 0 to 1. */
        public double accuracy() {
            return answered == 0 ? 0 : (double) right / answered;
        }
    }

    public LearningCurve {
        points = List.copyOf(points);
    }

    /**
     * Measures by cross-validation: for each fraction and fold, an n-gram classifier learns from that fraction of the kept
     * rows (taken label by label, smaller fractions inside larger ones) and answers the held-out ones.
     *
     * @param fractions from 0 to 1, ascending
     */
    public static LearningCurve measure(
            List<String> texts,
            int[] labelOfText,
            int labels,
            double[] fractions,
            Folds folds,
            long seed,
            Lanes lanes) {
        List<Point> points = new ArrayList<>();
        for (double fraction : fractions) {
            int rows = 0;
            int right = 0;
            int answered = 0;
            for (int fold = 0; fold < folds.count(); fold++) {
                int[] kept = fraction(folds.kept(fold), labelOfText, fraction, seed + fold);
                int[] heldOut = folds.heldOut(fold);
                QuickLearner learner =
                        QuickLearner.fit(Rows.of(texts, kept), Rows.of(labelOfText, kept), labels, lanes);
                ScoreTable scores = learner.scores(Rows.of(texts, heldOut), lanes);
                for (int i = 0; i < heldOut.length; i++) {
                    right += scores.best(i) == labelOfText[heldOut[i]] ? 1 : 0;
                }
                rows += kept.length;
                answered += heldOut.length;
            }
            points.add(new Point(rows / folds.count(), right, answered));
        }
        return new LearningCurve(points);
    }

    /** The first of each label's rows in an order that depends on the seed alone; at least one of each label. */
    private static int[] fraction(int[] rows, int[] labelOfText, double fraction, long seed) {
        Map<Integer, List<Integer>> rowsOfLabel = new TreeMap<>();
        for (int row : rows) {
            rowsOfLabel
                    .computeIfAbsent(labelOfText[row], label -> new ArrayList<>())
                    .add(row);
        }
        Random random = new Random(seed);
        return rowsOfLabel.values().stream()
                .flatMap(ofLabel -> {
                    Collections.shuffle(ofLabel, random);
                    return ofLabel.stream().limit(Math.max(1, Math.round(ofLabel.size() * fraction)));
                })
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }
}
