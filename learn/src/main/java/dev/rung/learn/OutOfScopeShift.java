package dev.rung.learn;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How much to add to the out-of-scope label's score, chosen on rows that the scores were not fitted to. */
final class OutOfScopeShift {
    /** Of the out-of-scope rows at least this share is to be recognised, so that the bar is met with room. */
    private static final double LEAST_RECALL = 0.90;

    private OutOfScopeShift() {}

    /**
     * Returns the shift with the most right answers among those that recognise the wanted share of out-of-scope rows.
     *
     * <p>Only where a shift makes some row change its answer does anything change, so those places are all that is tried.
     */
    static float choose(ScoreTable scores, Lessons lessons) {
        int label = lessons.outOfScope();
        int outside = (int)
                Arrays.stream(lessons.labelOfText()).filter(l -> l == label).count();
        if (outside == 0) {
            return 0;
        }
        double[] margins = new double[scores.rows()];
        for (int row = 0; row < margins.length; row++) {
            margins[row] = bestOther(scores, row, label) - scores.get(row, label);
        }
        int[] byMargin = IntStream.range(0, margins.length)
                .boxed()
                .sorted((a, b) -> Double.compare(margins[a], margins[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        int right = insideRight(scores, lessons);
        int recalled = 0;
        int most = -1;
        double best = 0;
        for (int i = 0; i < byMargin.length; i++) {
            int row = byMargin[i];
            boolean isOutside = lessons.labelOfText()[row] == label;
            recalled += isOutside ? 1 : 0;
            right += isOutside ? 1 : wasRight(scores, lessons, row) ? -1 : 0;
            if (recalled >= LEAST_RECALL * outside && right > most) {
                most = right;
                double next = i + 1 < byMargin.length ? margins[byMargin[i + 1]] : margins[row] + 1;
                best = (margins[row] + next) / 2;
            }
        }
        return (float) best;
    }

    private static int insideRight(ScoreTable scores, Lessons lessons) {
        return (int) IntStream.range(0, scores.rows())
                .filter(row -> wasRight(scores, lessons, row))
                .count();
    }

    /** Whether an in-scope row is answered right while out-of-scope is not a choice. */
    private static boolean wasRight(ScoreTable scores, Lessons lessons, int row) {
        int truth = lessons.labelOfText()[row];
        return truth != lessons.outOfScope() && scores.get(row, truth) >= bestOther(scores, row, lessons.outOfScope());
    }

    private static float bestOther(ScoreTable scores, int row, int label) {
        float best = Float.NEGATIVE_INFINITY;
        for (int other = 0; other < scores.labels(); other++) {
            best = other == label ? best : Math.max(best, scores.get(row, other));
        }
        return best;
    }
}
