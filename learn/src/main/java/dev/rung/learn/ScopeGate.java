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
 * threshold and its temperature are chosen on cross-fitted probabilities of the same rows. Immutable and thread-safe.
 */
final class ScopeGate {
    private static final int FOLDS = 5;
    private static final int FROM_SCORES = 5;
    /** Probabilities nearer to 0 or 1 than this count as this. */
    private static final double LEAST = 1e-6;

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
        final ScopeThreshold chosen;

        Fit(ScopeGate gate, double[] outside, ScopeThreshold chosen) {
            this.gate = gate;
            this.outside = outside;
            this.chosen = chosen;
        }
    }

    /**
     * Fits.
     *
     * @param scores of rows that the heads have not learned from
     * @param far what {@code distances} say of the same rows, or what those of other folds do; one empty array a row without vectors
     */
    static Fit fit(
            ScoreTable scores,
            float[][] far,
            int[] labelOfRow,
            int outOfScope,
            @Nullable LabelDistances distances,
            ScopeGoal goal,
            Lanes lanes) {
        float[][] described = new float[scores.rows()][];
        Arrays.setAll(described, row -> describe(scores.scores[row], far[row], outOfScope));
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
        double temperature = calibrate(crossFitted, outside);
        ScopeThreshold chosen = ScopeThreshold.choose(crossFitted, scores, labelOfRow, outOfScope, goal);
        ScopeGate gate =
                fit(all, outside, distances, (float) chosen.value(), lanes).tempered(temperature);
        return new Fit(gate, crossFitted, chosen);
    }

    /** Sets the probabilities to those at the temperature that suits them best, and returns it. */
    private static double calibrate(double[] crossFitted, int[] outside) {
        float[][] scores = new float[crossFitted.length][];
        for (int row = 0; row < scores.length; row++) {
            double p = Math.clamp(crossFitted[row], LEAST, 1 - LEAST);
            scores[row] = new float[] {0, (float) Math.log(p / (1 - p))};
        }
        Temperature temperature = Temperature.fit(ScoreTable.of(scores), outside);
        for (int row = 0; row < scores.length; row++) {
            crossFitted[row] = Softmax.probabilities(scores[row], temperature.value())[1];
        }
        return temperature.value();
    }

    private ScopeGate tempered(double temperature) {
        float[][] weights = VectorMath.copy(head.weights);
        for (float[] row : weights) {
            for (int label = 0; label < row.length; label++) {
                row[label] = (float) (row[label] / temperature);
            }
        }
        return new ScopeGate(distances, scaler, new LinearHead(0, scaler.width(), 2, weights), threshold);
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

    /**
     * Returns the probability that a text is out of scope.
     *
     * @param vector scaled
     * @param near what the nearest rows say ({@link Neighbours#describe}), or empty for a student without
     */
    double outside(float[] scores, float[] vector, float[] near, int outOfScope) {
        float[] far = distances == null ? Head.NO_VECTOR : distances.describe(vector, outOfScope);
        return probability(describe(scores, joined(far, near), outOfScope));
    }

    static float[] joined(float[] first, float[] second) {
        float[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private double probability(float[] described) {
        return Softmax.probabilities(head.scores(SparseRow.EMPTY, scaler.scale(described)), 1)[1];
    }

    private static float[] describe(float[] scores, float[] far, int outOfScope) {
        float[] inside = new float[scores.length - 1];
        System.arraycopy(scores, 0, inside, 0, outOfScope);
        System.arraycopy(scores, outOfScope + 1, inside, outOfScope, inside.length - outOfScope);
        Arrays.sort(inside);
        float best = inside[inside.length - 1];
        float second = inside.length > 1 ? inside[inside.length - 2] : best;
        double energy = Softmax.logSumExp(inside, 1);
        float[] described = Arrays.copyOf(new float[FROM_SCORES], FROM_SCORES + far.length);
        described[0] = scores[outOfScope] - best;
        described[1] = best;
        described[2] = (float) energy;
        described[3] = (float) Math.exp(best - energy);
        described[4] = best - second;
        System.arraycopy(far, 0, described, FROM_SCORES, far.length);
        return described;
    }
}
