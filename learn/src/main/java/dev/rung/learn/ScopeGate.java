package dev.rung.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a text is in scope: a small logistic regression over what the heads and the distances say of it.
 *
 * <p>What it reads: the out-of-scope label's score against the best other, the largest in-scope score, the energy (Liu et
 * al., "Energy-based Out-of-distribution Detection", NeurIPS 2020), the largest in-scope probability, the lead over the
 * second, and with vectors the {@link LabelDistances}. It is fitted on rows that the heads have not learned from; its
 * threshold is chosen on cross-fitted probabilities of the same rows. Immutable and thread-safe.
 */
final class ScopeGate {
    private static final int FOLDS = 5;
    private static final int FROM_SCORES = 5;
    private static final int FROM_VECTORS = 3;
    private static final SolverSettings SETTINGS = new SolverSettings(3e-3, 1e-4, 500);
    /** With fewer out-of-scope rows than this a gate of eight numbers would be fitted to noise. */
    static final int LEAST_OUTSIDE = 15;

    final @Nullable LabelDistances distances;
    final DenseScaler scaler;
    final LinearHead head;
    final float threshold;

    ScopeGate(@Nullable LabelDistances distances, DenseScaler scaler, LinearHead head, float threshold) {
        this.distances = distances;
        this.scaler = scaler;
        this.head = head;
        this.threshold = threshold;
    }

    /** What a fit gives: the gate, and each row's cross-fitted probability of being out of scope. */
    static final class Fit {
        final ScopeGate gate;
        final double[] outside;
        final int right;

        Fit(ScopeGate gate, double[] outside, int right) {
            this.gate = gate;
            this.outside = outside;
            this.right = right;
        }
    }

    /**
     * Fits.
     *
     * @param scores of rows that the heads have not learned from
     * @param vectors their scaled vectors, or empty
     */
    static Fit fit(
            ScoreTable scores,
            List<float[]> vectors,
            int[] labelOfRow,
            int outOfScope,
            @Nullable LabelDistances distances,
            Lanes lanes) {
        float[][] described = new float[scores.rows()][];
        lanes.run(
                described.length,
                row -> described[row] = describe(
                        scores.scores[row],
                        vectors.isEmpty() ? Head.NO_VECTOR : vectors.get(row),
                        outOfScope,
                        distances));
        List<float[]> all = List.of(described);
        int[] outside = Arrays.stream(labelOfRow)
                .map(label -> label == outOfScope ? 1 : 0)
                .toArray();
        double[] crossFitted = new double[described.length];
        Folds folds = Folds.of(outside, FOLDS, 17);
        for (int fold = 0; fold < FOLDS; fold++) {
            int[] kept = folds.kept(fold);
            ScopeGate part = fit(Rows.of(all, kept), Rows.of(outside, kept), distances, 0.5f, lanes);
            for (int row : folds.heldOut(fold)) {
                crossFitted[row] = part.probability(described[row]);
            }
        }
        ScopeThreshold chosen = ScopeThreshold.choose(crossFitted, scores, labelOfRow, outOfScope);
        ScopeGate gate = fit(all, outside, distances, (float) chosen.value(), lanes);
        return new Fit(gate, crossFitted, chosen.right());
    }

    private static ScopeGate fit(
            List<float[]> described, int[] outside, @Nullable LabelDistances distances, float threshold, Lanes lanes) {
        DenseScaler scaler = DenseScaler.fit(described);
        List<float[]> scaled = new ArrayList<>();
        for (float[] row : described) {
            scaled.add(scaler.scale(row));
        }
        LinearHead head = LogisticRegression.fit(FeatureMatrix.ofDense(scaled), outside, 2, SETTINGS, lanes)
                .head();
        return new ScopeGate(distances, scaler, head, threshold);
    }

    /** Returns the probability that a text with these scores and scaled vector is out of scope. */
    double outside(float[] scores, float[] vector, int outOfScope) {
        return probability(describe(scores, vector, outOfScope, distances));
    }

    private double probability(float[] described) {
        return Softmax.probabilities(head.scores(SparseRow.EMPTY, scaler.scale(described)), 1)[1];
    }

    private static float[] describe(
            float[] scores, float[] vector, int outOfScope, @Nullable LabelDistances distances) {
        float[] inside = new float[scores.length - 1];
        System.arraycopy(scores, 0, inside, 0, outOfScope);
        System.arraycopy(scores, outOfScope + 1, inside, outOfScope, inside.length - outOfScope);
        Arrays.sort(inside);
        float best = inside[inside.length - 1];
        float second = inside.length > 1 ? inside[inside.length - 2] : best;
        double energy = Softmax.logSumExp(inside, 1);
        float[] described = new float[FROM_SCORES + (distances == null ? 0 : FROM_VECTORS)];
        described[0] = scores[outOfScope] - best;
        described[1] = best;
        described[2] = (float) energy;
        described[3] = (float) Math.exp(best - energy);
        described[4] = best - second;
        if (distances != null) {
            distances.describe(vector, outOfScope, described, FROM_SCORES);
        }
        return described;
    }
}
