package dev.rung.models.llama;

import org.jspecify.annotations.Nullable;

/**
 * A generated answer.
 *
 * @param complete whether the model ended it, or a text to stop at did; false when it was cut off at the most tokens
 * @param stop the text to stop at that ended it, or null
 * @param logProbability the sum of its tokens' log-probabilities, the end's included, as the model would have them without temperature or grammar
 * @param tokens how many tokens were generated, the end's not included
 * @param cachedTokens tokens of the prompt that were not read again
 * @param nanoseconds how long the model was busy
 */
public record Generation(
        String text,
        boolean complete,
        @Nullable String stop,
        double logProbability,
        int tokens,
        int cachedTokens,
        long nanoseconds) {}
