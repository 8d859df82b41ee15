package dev.rung.learn;

import dev.rung.core.evidence.forecast.CurvePoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** How accuracy grows with the number of labelled rows, measured by cross-validation. Stateless. */
public final class LearningCurve {
    private LearningCurve() {}

    /**
     * Measures: for each fraction and fold, an n-gram classifier learns from that fraction of the kept rows (taken label by label, smaller fractions inside larger ones) and answers the
     * held-out ones.
     *
     * @param fractions from 0 to 1, ascending
     * @return one point for each fraction and fold; all of a fraction have the mean number of rows
     */
    public static List<CurvePoint> measure(
            List<String> texts,
            int[] labelOfText,
            int labels,
            double[] fractions,
            Folds folds,
            long seed,
            Lanes lanes) {
        List<CurvePoint> points = new ArrayList<>();
        for (double fraction : fractions) {
            int[] right = new int[folds.count()];
            int rows = 0;
            for (int fold = 0; fold < folds.count(); fold++) {
                int[] kept = fraction(folds.kept(fold), labelOfText, fraction, seed + fold);
                int[] heldOut = folds.heldOut(fold);
                QuickLearner learner =
                        QuickLearner.fit(Rows.of(texts, kept), Rows.of(labelOfText, kept), labels, lanes);
                ScoreTable scores = learner.scores(Rows.of(texts, heldOut), lanes);
                for (int i = 0; i < heldOut.length; i++) {
                    right[fold] += scores.best(i) == labelOfText[heldOut[i]] ? 1 : 0;
                }
                rows += kept.length;
            }
            for (int fold = 0; fold < folds.count(); fold++) {
                int answered = folds.heldOut(fold).length;
                if (answered > 0) {
                    points.add(new CurvePoint(Math.max(1, rows / folds.count()), right[fold], answered, fold));
                }
            }
        }
        return points;
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
