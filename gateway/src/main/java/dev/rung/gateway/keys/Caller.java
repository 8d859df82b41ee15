package dev.rung.gateway.keys;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose key a request has.
 *
 * @param key the key's name; null for callers of a gateway that needs no keys
 * @param administrator whether it may look into the gateway
 */
public record Caller(
        @Nullable String key,
        @Nullable String team,
        @Nullable String user,
        List<String> tags,
        boolean administrator) {
    /** Somebody, where no keys were made. */
    public static final Caller ANYBODY = new Caller(null, null, null, List.of(), false);

    public Caller {
        tags = List.copyOf(tags);
    }
}
