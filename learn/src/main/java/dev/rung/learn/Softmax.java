package dev.rung.learn;

/** Scores to probabilities. */
public final class Softmax {
    private Softmax() {}

    /**
     * Returns probabilities proportional to exp(score / temperature), summing to one.
     *
     * @param temperature above 0; 1 leaves the scores as they are
     */
    public static float[] probabilities(float[] scores, double temperature) {
        double normaliser = logSumExp(scores, 0, scores.length, 1 / temperature);
        float[] probabilities = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = (float) Math.exp(scores[i] / temperature - normaliser);
        }
        return probabilities;
    }

    /** Returns ln Σ exp(scores[i] · scale) over [from, to) without overflow. */
    static double logSumExp(float[] scores, int from, int to, double scale) {
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            highest = Math.max(highest, scores[i]);
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.exp((scores[i] - highest) * scale);
        }
        return highest * scale + Math.log(sum);
    }
}
