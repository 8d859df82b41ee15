package dev.rung.models.llama;

/** Scores turned into log-probabilities. */
final class LogSoftmax {
    // Terms this far below the largest add less than 1e-13 of it each, even over a million tokens below what a float
    // shows.
    private static final double NEGLIGIBLE = -40;

    private LogSoftmax() {}

    /** Returns ln Σ exp(score): a token's log-probability is its score minus this. */
    static double normalizer(float[] scores) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        for (float score : scores) {
            double below = score - (double) largest;
            if (below > NEGLIGIBLE) {
                sum += Math.exp(below);
            }
        }
        return largest + Math.log(sum);
    }

    /** Returns ln(exp(a) + exp(b)) without overflow; −∞ stands for zero. */
    static double add(double a, double b) {
        double larger = Math.max(a, b);
        return larger == Double.NEGATIVE_INFINITY ? larger : larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
    }
}
