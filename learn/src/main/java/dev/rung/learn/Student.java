package dev.rung.learn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small classifier that has learned a task: one linear head, or the weighted sum of several.
 *
 * <p>Immutable and thread-safe.
 */
public final class Student {
    final StudentShape shape;
    final int labels;
    final @Nullable NgramFeatures ngrams;
    final @Nullable DenseScaler scaler;
    final List<Head> heads;
    /** How much each head's scores count. */
    final float[] weights;

    final Temperature temperature;
    /** The label that says "none of these", or −1. */
    final int outOfScope;
    /** Added to the out-of-scope label's score. */
    final float shift;

    Student(
            StudentShape shape,
            int labels,
            @Nullable NgramFeatures ngrams,
            @Nullable DenseScaler scaler,
            List<Head> heads,
            float[] weights,
            Temperature temperature,
            int outOfScope,
            float shift) {
        this.shape = shape;
        this.labels = labels;
        this.ngrams = ngrams;
        this.scaler = scaler;
        this.heads = List.copyOf(heads);
        this.weights = weights;
        this.temperature = temperature;
        this.outOfScope = outOfScope;
        this.shift = shift;
    }

    public StudentShape shape() {
        return shape;
    }

    public int labels() {
        return labels;
    }

    /** Returns the probability of each label, calibrated. */
    public float[] probabilities(String text, float @Nullable [] vector) {
        float[] scores = scores(text, vector);
        float[] probabilities = Softmax.probabilities(scores, temperature.value());
        return probabilities;
    }

    /** Returns the scores (logits) of one text before temperature. */
    float[] scores(String text, float @Nullable [] vector) {
        SparseRow row = ngrams == null ? SparseRow.EMPTY : ngrams.row(text);
        float[] scaled = scaled(vector);
        float[] sum = new float[labels];
        for (int i = 0; i < weights.length; i++) {
            LinearMaps.add(weights[i], heads.get(i).scores(row, scaled), sum);
        }
        if (outOfScope >= 0) {
            sum[outOfScope] += shift;
        }
        return sum;
    }

    private float[] scaled(float @Nullable [] vector) {
        if (scaler == null) {
            return Head.NO_VECTOR;
        }
        if (vector == null) {
            throw new IllegalArgumentException("a student of shape " + shape + " needs the text's vector");
        }
        return scaler.scale(vector);
    }
}
