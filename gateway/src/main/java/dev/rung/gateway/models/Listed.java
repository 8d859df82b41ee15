package dev.rung.gateway.models;

import dev.rung.gateway.policy.Operation;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of a model or a task to whoever asks what there is.
 *
 * @param created when its release was made; the epoch for what has no release
 * @param operations what can be asked of it, as far as that is known: of a model elsewhere, whatever its upstream's dialect has
 * @param contextTokens how many tokens prompt and answer may have together; null where that is not known
 */
public record Listed(
        String name,
        Instant created,
        Set<Operation> operations,
        @Nullable Integer contextTokens) {
    public Listed {
        operations = Set.copyOf(operations);
    }
}
