package dev.rung.learn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small classifier that has learned a task: one linear head, or the weighted sum of several and of what the nearest training rows say.
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

    final @Nullable Neighbours neighbours;
    /** How much the neighbours' votes count. */
    final float neighbourWeight;

    final Temperature temperature;
    /** The label that says "none of these", or −1. */
    final int outOfScope;
    /** Added to the out-of-scope label's score, where there is no gate, before the best label is taken. */
    final float shift;

    final @Nullable ScopeGate gate;

    Student(
            StudentShape shape,
            int labels,
            @Nullable NgramFeatures ngrams,
            @Nullable DenseScaler scaler,
            List<Head> heads,
            float[] weights,
            @Nullable Neighbours neighbours,
            float neighbourWeight,
            Temperature temperature,
            int outOfScope,
            float shift,
            @Nullable ScopeGate gate) {
        this.shape = shape;
        this.labels = labels;
        this.ngrams = ngrams;
        this.scaler = scaler;
        this.heads = List.copyOf(heads);
        this.weights = weights;
        this.neighbours = neighbours;
        this.neighbourWeight = neighbourWeight;
        this.temperature = temperature;
        this.outOfScope = outOfScope;
        this.shift = shift;
        this.gate = gate;
    }

    public StudentShape shape() {
        return shape;
    }

    public int labels() {
        return labels;
    }

    /** Returns the answer to one text; {@code vector} is its encoder's, or null for a student that needs none. */
    public Judgement judge(String text, float @Nullable [] vector) {
        float[] scaled = scaled(vector);
        float[] cosines = neighbours == null || vector == null ? Head.NO_VECTOR : neighbours.cosines(vector);
        float[] scores = scores(text, scaled, cosines);
        if (gate == null) {
            // The shift says when to answer "none", not how likely that is.
            float[] probabilities = Softmax.probabilities(scores, temperature.value());
            int best = best(shifted(scores));
            return new Judgement(best, probabilities[best], outOfScope < 0 ? 0 : probabilities[outOfScope]);
        }
        float[] near = neighbours == null ? Head.NO_VECTOR : neighbours.describe(cosines, outOfScope);
        double outside = gate.outside(scores, scaled, near, outOfScope);
        if (outside >= gate.threshold) {
            return new Judgement(outOfScope, outside, outside);
        }
        int best = ScopeThreshold.bestInside(scores, outOfScope);
        scores[outOfScope] = Float.NEGATIVE_INFINITY;
        float inside = Softmax.probabilities(scores, temperature.value())[best];
        return new Judgement(best, (1 - outside) * inside, outside);
    }

    /** The scores (logits), before temperature and without regard to scope. */
    private float[] scores(String text, float[] scaled, float[] cosines) {
        SparseRow row = ngrams == null ? SparseRow.EMPTY : ngrams.row(text);
        float[] sum = new float[labels];
        for (int i = 0; i < weights.length; i++) {
            LinearMaps.add(weights[i], heads.get(i).scores(row, scaled), sum);
        }
        if (neighbours != null) {
            LinearMaps.add(neighbourWeight, neighbours.votes(cosines), sum);
        }
        return sum;
    }

    private float[] shifted(float[] scores) {
        if (outOfScope >= 0) {
            scores[outOfScope] += shift;
        }
        return scores;
    }

    private static int best(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    float[] scaled(float @Nullable [] vector) {
        if (scaler == null) {
            return Head.NO_VECTOR;
        }
        if (vector == null) {
            throw new IllegalArgumentException("a student of shape " + shape + " needs the text's vector");
        }
        return scaler.scale(vector);
    }
}
