package dev.rung.core.model;

/**
 * How the next token is drawn.
 *
 * @param temperature 0 to take the most probable token each time, up to 2 for variety
 * @param topP the share of probability, above 0 to 1, from which is drawn: of the most probable tokens that make it up (Holtzman et al., The Curious Case of Neural Text
 *     Degeneration, 2020)
 * @param topK of how many of the most probable tokens is drawn; 0 for all
 * @param seed makes draws repeatable
 */
public record Sampling(double temperature, double topP, int topK, long seed) {
    /** The most probable token each time. */
    public static final Sampling GREEDY = new Sampling(0, 1, 0, 0);

    public Sampling {
        if (!(temperature >= 0 && temperature <= 2)) {
            throw new IllegalArgumentException("temperature is from 0 to 2, not " + temperature);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top-p is above 0 and at most 1, not " + topP);
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top-k is not negative: " + topK);
        }
    }
}
