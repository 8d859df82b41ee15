package dev.rung.wire.form;

import dev.rung.core.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What an answer used, in tokens; null is what the server did not say.
 *
 * <p>The three kinds of input (fresh, read from a cache, written to one) do not overlap, so that each can have its price: Anthropic counts so, OpenAI and Gemini
 * count what is read from a cache within the input. Reasoning is a part of the output.
 *
 * @param input neither read from a cache nor written to one
 * @param cacheRead read from a cache
 * @param cacheWrite5m written to a cache for five minutes
 * @param cacheWrite1h written to a cache for an hour
 * @param cacheWrite written to a cache without word for how long
 * @param output all, with reasoning
 * @param reasoning of the output
 * @param audioInput of the input
 * @param audioOutput of the output
 * @param source as it was written, with all that has no place here
 */
public record Usage(
        @Nullable Long input,
        @Nullable Long cacheRead,
        @Nullable Long cacheWrite5m,
        @Nullable Long cacheWrite1h,
        @Nullable Long cacheWrite,
        @Nullable Long output,
        @Nullable Long reasoning,
        @Nullable Long audioInput,
        @Nullable Long audioOutput,
        Json.Obj source) {
    /** Nothing was said. */
    public static final Usage UNKNOWN = new Usage(null, null, null, null, null, null, null, null, null, Json.object());

    /** Returns the tokens that were written to a cache. */
    public long written() {
        return known(cacheWrite5m) + known(cacheWrite1h) + known(cacheWrite);
    }

    /** Returns all tokens that went in, what is unknown taken as 0. */
    public long allInput() {
        return known(input) + known(cacheRead) + written();
    }

    /** Returns all tokens that came out, 0 when unknown. */
    public long allOutput() {
        return known(output);
    }

    /** Tells whether the server said how much went in and how much came out. */
    public boolean isKnown() {
        return input != null && output != null;
    }

    /** Returns {@code count}, or 0 when it is unknown. */
    public static long known(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
