package dev.rung.gateway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which models are relayed, and to where: one reading of the configuration file. Immutable.
 *
 * @param models by name, in the order of the file
 * @param upstreams by name
 */
public record RelayPlan(SequencedMap<String, ModelRoute> models, Map<String, Upstream> upstreams) {
    /** The most requests within one link of the chain where the file does not say. */
    static final int ATTEMPTS = 3;

    /** No models at all. */
    public static final RelayPlan NONE = new RelayPlan(new LinkedHashMap<>(), Map.of());

    public RelayPlan {
        models = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(models));
        upstreams = Map.copyOf(upstreams);
    }

    /** Returns this plan and a route for each of {@code models}, which this process can run, under its own name, unless the name has another meaning here. */
    public RelayPlan andHere(Set<String> models) {
        SequencedMap<String, ModelRoute> all = new LinkedHashMap<>(this.models);
        for (String model : models) {
            Deployment here = Deployment.here(model, 1, null);
            all.putIfAbsent(model, new ModelRoute(model, List.of(List.of(here)), Deadlines.DEFAULTS, ATTEMPTS, false));
        }
        return new RelayPlan(all, upstreams);
    }

    /** Returns the route of {@code model}, or null. */
    public @Nullable ModelRoute route(String model) {
        return models.get(model);
    }
}
