package dev.rung.gateway.config;

import dev.rung.core.model.Residency;
import dev.rung.gateway.policy.Dialect;
import dev.rung.json.Yaml;
import dev.rung.json.spec.Located;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A configuration file as it is written. */
record GatewaySpec(
        SequencedMap<String, UpstreamSpec> upstreams,
        SequencedMap<String, ModelSpec> models,
        LimitsSpec limits,
        @Nullable String log) {
    static final List<String> KEYS = List.of("upstreams", "models", "limits", "log");

    record UpstreamSpec(
            Yaml.Place place,
            List<Dialect> dialects,
            Located<String> baseUrl,
            List<Located<String>> keyEnv,
            @Nullable Residency runs,
            List<Located<String>> models,
            @Nullable String prices,
            boolean streamUsage) {
        static final List<String> KEYS =
                List.of("dialect", "base_url", "key_env", "runs", "models", "prices", "stream_usage");
    }

    record ModelSpec(
            Yaml.Place place,
            List<DeploymentSpec> deployments,
            List<Located<String>> fallback,
            Deadlines deadlines,
            int attempts,
            boolean promptCache) {
        static final List<String> KEYS = List.of("deployments", "fallback", "deadlines", "attempts", "prompt_cache");
        static final List<String> DEADLINES = List.of("connect", "first_token", "between_chunks", "total");
    }

    record DeploymentSpec(
            Located<String> upstream,
            String model,
            int weight,
            @Nullable String price) {
        static final List<String> KEYS = List.of("upstream", "model", "weight", "price");
    }

    /** Limits by key; those that are absent have their defaults. */
    record LimitsSpec(Map<String, Integer> sizes) {
        static final List<String> KEYS = List.of("body", "head", "in_flight", "connections", "local_queue");
    }
}
