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
        double normaliser = logSumExp(scores, 1 / temperature);
        float[] probabilities = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = (float) Math.exp(scores[i] / temperature - normaliser);
        }
        return probabilities;
    }

    /** Returns ln Σ exp(scores[i] · scale) without overflow, scale being above 0. */
    static double logSumExp(float[] scores, double scale) {
        float highest = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            highest = Math.max(highest, score);
        }
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp((score - highest) * scale);
        }
        return highest * scale + Math.log(sum);
    }
}
