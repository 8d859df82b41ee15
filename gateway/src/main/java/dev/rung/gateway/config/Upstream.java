package dev.rung.gateway.config;

import dev.rung.core.model.Residency;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Target;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * A server that answers for models.
 *
 * @param dialects that it speaks, the preferred one first
 * @param base address, its version included, such as {@code https://api.openai.com/v1}; without a slash at the end
 * @param keys of which one is sent with each request; several take turns when one is refused; empty for a server that wants none
 * @param place where it runs
 * @param models that may be asked there by {@code upstream/model} without further configuration
 * @param prices under which provider the price book has its models; empty for none
 * @param streamUsage whether a stream of chat completions can be asked to tell its usage
 */
public record Upstream(
        String name,
        List<Dialect> dialects,
        URI base,
        List<String> keys,
        Residency place,
        Set<String> models,
        String prices,
        boolean streamUsage) {
    /** The models in this process: asked in any dialect, without a connection or a key. */
    public static final Upstream HERE = new Upstream(
            Target.LOCAL,
            List.of(Dialect.values()),
            URI.create("local:models"),
            List.of(),
            Residency.LOCAL,
            Set.of(),
            "",
            true);

    public Upstream {
        dialects = List.copyOf(dialects);
        keys = List.copyOf(keys);
        models = Set.copyOf(models);
    }

    /** Tells whether this is {@link #HERE}. */
    public boolean isHere() {
        return name.equals(Target.LOCAL);
    }

    /** Names the upstream, and none of its keys. */
    @Override
    public String toString() {
        return name + " at " + base;
    }
}
