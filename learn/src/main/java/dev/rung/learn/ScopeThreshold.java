package dev.rung.learn;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The strength of out-of-scope evidence from which a text counts as out of scope.
 *
 * @param value at or above it a text is out of scope
 * @param right how many of the rows are answered right with it
 */
record ScopeThreshold(double value, int right) {
    /** Of the out-of-scope rows at least this share is to be recognised, so that a bar is met with room. */
    private static final double LEAST_RECALL = 0.90;

    /**
     * Returns the threshold with the most right answers among those that recognise the wanted share of out-of-scope rows.
     *
     * @param evidence of being out of scope, one number a row
     * @param scores of the rows; the out-of-scope label's own are not looked at
     */
    static ScopeThreshold choose(double[] evidence, ScoreTable scores, int[] labelOfRow, int outOfScope) {
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
        int recalled = 0;
        int most = -1;
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < strongestFirst.length; i++) {
            int row = strongestFirst[i];
            boolean isOutside = labelOfRow[row] == outOfScope;
            recalled += isOutside ? 1 : 0;
            right += isOutside ? 1 : insideRight[row] ? -1 : 0;
            if (recalled >= LEAST_RECALL * outside && right > most) {
                most = right;
                double next = i + 1 < strongestFirst.length ? evidence[strongestFirst[i + 1]] : evidence[row];
                best = (evidence[row] + next) / 2;
            }
        }
        return new ScopeThreshold(best, most);
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
