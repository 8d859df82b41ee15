package dev.rung.gateway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Which models are relayed, and to where: one reading of the configuration file. Immutable.
 *
 * @param models by name, in the order of the file
 * @param upstreams by name
 */
public record RelayPlan(SequencedMap<String, ModelRoute> models, Map<String, Upstream> upstreams) {
    /** No models at all. */
    public static final RelayPlan NONE = new RelayPlan(new LinkedHashMap<>(), Map.of());

    public RelayPlan {
        models = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(models));
        upstreams = Map.copyOf(upstreams);
    }

    /** Returns the route of {@code model}, or null. */
    public @Nullable ModelRoute route(String model) {
        return models.get(model);
    }
}
