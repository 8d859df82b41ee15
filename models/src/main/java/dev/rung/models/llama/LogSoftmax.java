package dev.rung.models.llama;

/** Scores turned into log-probabilities. */
final class LogSoftmax {
    private static final int BLOCK = 1024;
    private static final float LOG2_E = 1.442695f;
    // The least power of two that a float holds in full; what lies below adds nothing that a float shows.
    private static final float LEAST = -126;

    private LogSoftmax() {}

    /** Returns ln Σ exp(score), to about 1e-6: a token's log-probability is its score minus this. */
    static double normalizer(float[] scores) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        float[] terms = new float[BLOCK];
        for (int from = 0; from < scores.length; from += BLOCK) {
            int count = Math.min(BLOCK, scores.length - from);
            exp(scores, from, count, largest, terms);
            for (int i = 0; i < count; i++) {
                sum += terms[i];
            }
        }
        return largest + Math.log(sum);
    }

    // exp(x) = 2^n · 2^f with f within a half of 0, by Taylor's polynomial: plain arithmetic on floats, which the
    // compiler does many at a time. Over a whole vocabulary Math.exp takes a tenth of the time of a token.
    private static void exp(float[] scores, int from, int count, float largest, float[] terms) {
        for (int i = 0; i < count; i++) {
            float power = Math.max(LEAST, (scores[from + i] - largest) * LOG2_E);
            int whole = (int) (power - 0.5f);
            float f = power - whole;
            float fraction = 1
                    + f
                            * (0.6931472f
                                    + f
                                            * (0.2402265f
                                                    + f
                                                            * (0.05550411f
                                                                    + f
                                                                            * (0.009618129f
                                                                                    + f
                                                                                            * (0.0013333558f
                                                                                                    + f
                                                                                                            * 0.0001540353f)))));
            terms[i] = fraction * Float.intBitsToFloat((whole + 127) << 23);
        }
    }

    /** Returns ln(exp(a) + exp(b)) without overflow; −∞ stands for zero. */
    static double add(double a, double b) {
        double larger = Math.max(a, b);
        return larger == Double.NEGATIVE_INFINITY ? larger : larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
    }
}
