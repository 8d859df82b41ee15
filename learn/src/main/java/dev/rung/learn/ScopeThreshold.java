package dev.rung.learn;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The strength of out-of-scope evidence from which a text counts as out of scope.
 *
 * @param value at or above it a text is out of scope
 * @param right how many of the rows are answered right with it
 * @param merit of two thresholds on the same rows the one with more is the better
 */
record ScopeThreshold(double value, int right, double merit) {
    /** Where no goal weighs them against each other, at least this share of the out-of-scope rows is to be recognised. */
    private static final double LEAST_RECALL = 0.90;

    /**
     * Returns the threshold that reaches {@code goal} with the most room, or, where that weighs nothing, the one with the most right answers among those that recognise
     * most of the out-of-scope rows.
     *
     * <p>How many of these rows are out of scope says little of how many questions will be: with the most right answers for an aim, a set with few of them would always
     * have them missed.
     *
     * @param evidence of being out of scope, one number a row
     * @param scores of the rows; the out-of-scope label's own are not looked at
     */
    static ScopeThreshold choose(
            double[] evidence, ScoreTable scores, int[] labelOfRow, int outOfScope, ScopeGoal goal) {
        int[] strongestFirst = IntStream.range(0, evidence.length)
                .boxed()
                .sorted((a, b) -> Double.compare(evidence[b], evidence[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        boolean[] insideRight = new boolean[evidence.length];
        int right = 0;
        int outside = 0;
        for (int row = 0; row < evidence.length; row++) {
            insideRight[row] = bestInside(scores.scores[row], outOfScope) == labelOfRow[row];
            right += insideRight[row] ? 1 : 0;
            outside += labelOfRow[row] == outOfScope ? 1 : 0;
        }
        int inside = evidence.length - outside;
        int recalled = 0;
        int rightThere = 0;
        double most = Double.NEGATIVE_INFINITY;
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < strongestFirst.length; i++) {
            int row = strongestFirst[i];
            boolean isOutside = labelOfRow[row] == outOfScope;
            recalled += isOutside ? 1 : 0;
            right += isOutside ? 1 : insideRight[row] ? -1 : 0;
            double merit = goal.weighs()
                    ? goal.margin(inside, right - recalled, i + 1 - recalled, outside, recalled)
                    : recalled >= LEAST_RECALL * outside ? right : Double.NEGATIVE_INFINITY;
            if (merit > most) {
                most = merit;
                rightThere = right;
                double next = i + 1 < strongestFirst.length ? evidence[strongestFirst[i + 1]] : evidence[row];
                best = (evidence[row] + next) / 2;
            }
        }
        return new ScopeThreshold(best, rightThere, most);
    }

    static int bestInside(float[] scores, int outOfScope) {
        int best = outOfScope == 0 ? 1 : 0;
        for (int label = best + 1; label < scores.length; label++) {
            best = label != outOfScope && scores[label] > scores[best] ? label : best;
        }
        return best;
    }

    static double lead(float[] scores, int outOfScope) {
        return (double) scores[outOfScope] - scores[bestInside(scores, outOfScope)];
    }

    static double[] leads(ScoreTable scores, int outOfScope) {
        double[] leads = new double[scores.rows()];
        Arrays.setAll(leads, row -> lead(scores.scores[row], outOfScope));
        return leads;
    }
}
