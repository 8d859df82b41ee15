package dev.rung.models.llama;

import dev.rung.core.model.Sampling;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Chooses the next token from its scores: the most probable one or a draw, among those a grammar allows if there is one. Not thread-safe. */
final class TokenChoice {
    // Tokens tried against the grammar before all of them are.
    private static final int FEW = 64;

    private final @Nullable Grammar grammar;
    private final double temperature;
    private final Sampling sampling;
    private final Random random;

    TokenChoice(@Nullable Grammar grammar, Sampling sampling) {
        this.grammar = grammar;
        this.sampling = sampling;
        this.temperature = sampling.temperature();
        this.random = new Random(sampling.seed());
    }

    /** Returns the token, or −1 when the grammar allows none. */
    int next(float[] scores) {
        if (grammar == null) {
            return temperature == 0 ? largest(scores) : draw(scores);
        }
        // A draw that the grammar allows is a draw from what it allows: only the others must be drawn again, from the
        // rest.
        int first = temperature == 0 ? largest(scores) : draw(scores);
        if (grammar.allows(first)) {
            return first;
        }
        if (temperature == 0) {
            int[] top = top(scores);
            boolean[] allowed = grammar.allowed(top, top.length);
            for (int i = 0; i < top.length; i++) {
                if (allowed[i]) {
                    return top[i];
                }
            }
        }
        return amongAllowed(scores, grammar);
    }

    private int amongAllowed(float[] scores, Grammar rules) {
        int[] allowed = rules.allAllowed();
        if (allowed.length == 0) {
            return -1;
        }
        float[] remaining = new float[scores.length];
        Arrays.fill(remaining, Float.NEGATIVE_INFINITY);
        for (int token : allowed) {
            remaining[token] = scores[token];
        }
        return temperature == 0 ? largest(remaining) : draw(remaining);
    }

    private static int largest(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }

    private int draw(float[] scores) {
        return sampling.topP() < 1 || sampling.topK() > 0 ? drawAmongFew(scores) : drawAmongAll(scores);
    }

    // The most probable first, as many as topK and topP leave; the probabilities are those at the temperature.
    private int drawAmongFew(float[] scores) {
        int[] order = byScore(scores, sampling.topK() == 0 ? scores.length : sampling.topK());
        double[] weights = new double[order.length];
        double sum = 0;
        for (int i = 0; i < order.length; i++) {
            weights[i] = Math.exp((scores[order[i]] - scores[order[0]]) / temperature);
            sum += weights[i];
        }
        int kept = 0;
        double mass = 0;
        while (kept < order.length && (kept == 0 || mass < sampling.topP() * sum)) {
            mass += weights[kept++];
        }
        double left = random.nextDouble() * mass;
        for (int i = 0; i < kept; i++) {
            left -= weights[i];
            if (left <= 0) {
                return order[i];
            }
        }
        return order[kept - 1];
    }

    // The tokens that are possible at all, the most probable first: sorted as whole numbers, which is ten times as fast
    // as by a comparison.
    private static int[] byScore(float[] scores, int most) {
        long[] keys = new long[scores.length];
        int count = 0;
        for (int token = 0; token < scores.length; token++) {
            if (scores[token] > Float.NEGATIVE_INFINITY) {
                int bits = Float.floatToIntBits(scores[token]);
                int rising = bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE; // as unsigned numbers
                keys[count++] = ((0xFFFF_FFFFL - (rising & 0xFFFF_FFFFL)) << (Integer.SIZE - 1)) | token;
            }
        }
        Arrays.sort(keys, 0, count);
        return Arrays.stream(keys, 0, Math.min(most, count))
                .mapToInt(key -> (int) (key & Integer.MAX_VALUE))
                .toArray();
    }

    private int drawAmongAll(float[] scores) {
        float top = scores[largest(scores)];
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp((score - top) / temperature);
        }
        double left = random.nextDouble() * sum;
        int last = 0;
        for (int i = 0; i < scores.length; i++) {
            double weight = Math.exp((scores[i] - top) / temperature);
            if (weight > 0) {
                last = i;
                left -= weight;
                if (left <= 0) {
                    return i;
                }
            }
        }
        return last;
    }

    // The FEW largest, the largest first.
    private static int[] top(float[] scores) {
        int[] tokens = new int[Math.min(FEW, scores.length)];
        int count = 0;
        for (int token = 0; token < scores.length; token++) {
            if (count == tokens.length && scores[token] <= scores[tokens[count - 1]]) {
                continue;
            }
            int at = count < tokens.length ? count++ : count - 1;
            while (at > 0 && scores[tokens[at - 1]] < scores[token]) {
                tokens[at] = tokens[at - 1];
                at--;
            }
            tokens[at] = token;
        }
        return tokens;
    }
}
