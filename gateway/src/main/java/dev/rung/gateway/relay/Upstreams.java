package dev.rung.gateway.relay;

import dev.rung.gateway.config.Deployment;
import dev.rung.gateway.config.Upstream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of the state of deployments and of their upstreams' keys, kept over reloads of the configuration; thread-safe. */
final class Upstreams {
    private final Map<String, Health> health = new ConcurrentHashMap<>();
    private final Map<String, KeyRing> keys = new ConcurrentHashMap<>();

    Health health(Deployment deployment) {
        String name = deployment.name();
        Health known = health.get(name);
        return known != null ? known : health.computeIfAbsent(name, any -> new Health());
    }

    /** Returns the keys of {@code upstream}; begun anew when the configuration has other ones. */
    KeyRing keys(Upstream upstream) {
        KeyRing ring = keys.get(upstream.name());
        if (ring != null && ring.keys().equals(upstream.keys())) {
            return ring;
        }
        return keys.compute(
                upstream.name(),
                (name, before) -> before != null && before.keys().equals(upstream.keys())
                        ? before
                        : new KeyRing(upstream.keys()));
    }
}
