package dev.rung.models.llama;

import java.util.List;

/**
 * How an answer is generated.
 *
 * @param maxTokens the most tokens of the answer
 * @param stops texts that end the answer when they come up; they are not part of it
 * @param temperature 0 to take the most probable token each time, higher for variety
 * @param seed makes draws at a temperature above 0 repeatable
 */
public record GenerationOptions(int maxTokens, List<String> stops, double temperature, long seed) {
    public GenerationOptions {
        stops = List.copyOf(stops);
        if (maxTokens < 1) {
            throw new IllegalArgumentException("an answer may have at least one token, not " + maxTokens);
        }
        if (!(temperature >= 0 && temperature <= 100)) {
            throw new IllegalArgumentException("temperature is from 0 to 100, not " + temperature);
        }
        if (stops.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a text to stop at is not empty");
        }
    }

    /** Takes the most probable token each time. */
    public static GenerationOptions greedy(int maxTokens) {
        return new GenerationOptions(maxTokens, List.of(), 0, 0);
    }
}
