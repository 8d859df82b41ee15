package dev.rung.wire.form;

import dev.rung.core.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token of an answer, the logarithm of its probability, and the most probable tokens at its place.
 *
 * @param bytes an array of numbers, or null where the dialect has none
 */
public record TokenScore(
        String token, Json.Num logprob, @Nullable Json bytes, List<TokenScore> top) {
    public TokenScore {
        top = List.copyOf(top);
    }
}
