package dev.rung.models.llama;

import dev.rung.core.model.Sampling;
import java.util.List;

/**
 * How an answer is generated.
 *
 * @param maxTokens the most tokens of the answer
 * @param stops texts that end the answer when they come up; they are not part of it
 * @param sampling how each token is drawn
 */
public record GenerationOptions(int maxTokens, List<String> stops, Sampling sampling) {
    public GenerationOptions {
        stops = List.copyOf(stops);
        if (maxTokens < 1) {
            throw new IllegalArgumentException("an answer may have at least one token, not " + maxTokens);
        }
        if (stops.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a text to stop at is not empty");
        }
    }

    /** Takes the most probable token each time. */
    public static GenerationOptions greedy(int maxTokens) {
        return new GenerationOptions(maxTokens, List.of(), Sampling.GREEDY);
    }
}
