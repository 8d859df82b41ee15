package dev.rung.core.model;

import dev.rung.core.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a call consumed.
 *
 * @param inputTokens tokens of the prompt, cached ones included
 * @param cachedInputTokens those of them that were not computed again
 * @param outputTokens tokens generated or scored, reasoning included
 * @param raw the provider's own record, from which prices are computed; null for local models
 */
public record Usage(long inputTokens, long cachedInputTokens, long outputTokens, Json.@Nullable Obj raw) {
    public static final Usage NONE = new Usage(0, 0, 0, null);

    public Usage {
        if (inputTokens < 0 || cachedInputTokens < 0 || outputTokens < 0) {
            throw new IllegalArgumentException("token counts are not negative");
        }
    }

    /** Returns the use of a model without a provider's record. */
    public static Usage tokens(long input, long cachedInput, long output) {
        return new Usage(input, cachedInput, output, null);
    }

    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens,
                cachedInputTokens + other.cachedInputTokens,
                outputTokens + other.outputTokens,
                null);
    }
}
