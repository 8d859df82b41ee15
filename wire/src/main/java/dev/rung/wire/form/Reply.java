package dev.rung.wire.form;

import dev.rung.core.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer, whatever dialect it came in.
 *
 * @param id empty when the server gave none
 * @param model as the server names it
 * @param created seconds since 1970, or null
 */
public record Reply(
        Dialect dialect,
        String id,
        String model,
        @Nullable Long created,
        List<Choice> choices,
        Usage usage,
        List<Unknown> unknown,
        Json.Obj source) {
    public Reply {
        choices = List.copyOf(choices);
        unknown = List.copyOf(unknown);
    }
}
