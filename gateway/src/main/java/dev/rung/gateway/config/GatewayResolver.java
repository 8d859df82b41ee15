package dev.rung.gateway.config;

import dev.rung.core.model.Residency;
import dev.rung.gateway.config.GatewaySpec.DeploymentSpec;
import dev.rung.gateway.config.GatewaySpec.LimitsSpec;
import dev.rung.gateway.config.GatewaySpec.ModelSpec;
import dev.rung.gateway.config.GatewaySpec.UpstreamSpec;
import dev.rung.gateway.http.Limits;
import dev.rung.gateway.local.LocalUpstream;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Target;
import dev.rung.json.spec.Located;
import dev.rung.json.spec.Problems;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves what a file says: names into what they name, environment variables into keys; notes what does not fit together. */
final class GatewayResolver {
    private final Map<String, String> environment;
    private final Set<String> local;
    private final Problems problems;

    /** @param local the names of the models that this process can run */
    GatewayResolver(Map<String, String> environment, Set<String> local, Problems problems) {
        this.environment = environment;
        this.local = local;
        this.problems = problems;
    }

    GatewaySettings resolve(GatewaySpec spec) {
        SequencedMap<String, Upstream> upstreams = new LinkedHashMap<>();
        spec.upstreams().forEach((name, upstream) -> {
            if (name.equals(Target.LOCAL)) {
                problems.add(
                        upstream.place(),
                        "an upstream called local",
                        "another name: local is always there, and means the models in this process",
                        "Call it, for example, here");
            }
            upstreams.put(name, upstream(name, upstream));
        });
        upstreams.put(Target.LOCAL, Upstream.HERE);
        SequencedMap<String, List<Deployment>> links = new LinkedHashMap<>();
        spec.models().forEach((name, model) -> links.put(name, deployments(model, upstreams)));
        SequencedMap<String, ModelRoute> models = new LinkedHashMap<>();
        spec.models().forEach((name, model) -> {
            List<List<Deployment>> chain = chain(name, model, links);
            if (!chain.isEmpty()) {
                models.put(name, new ModelRoute(name, chain, model.deadlines(), model.attempts(), model.promptCache()));
            }
        });
        for (Upstream upstream : upstreams.values()) {
            for (String model : upstream.models()) {
                Deployment deployment = deployment(upstream, model, 1, null);
                models.putIfAbsent(
                        deployment.name(),
                        new ModelRoute(
                                deployment.name(),
                                List.of(List.of(deployment)),
                                Deadlines.DEFAULTS,
                                RelayPlan.ATTEMPTS,
                                false));
            }
        }
        return new GatewaySettings(
                new RelayPlan(models, upstreams), limits(spec.limits()), queue(spec.limits()), spec.log());
    }

    private Upstream upstream(String name, UpstreamSpec spec) {
        URI base = address(spec.baseUrl());
        boolean here = isThisMachine(base);
        Residency place = spec.runs() == null ? (here ? Residency.LOCAL : Residency.ANYWHERE) : spec.runs();
        if (place == Residency.LOCAL && !here) {
            problems.add(
                    spec.place(),
                    "runs: local with a server on another machine",
                    "a server on localhost",
                    "Only this machine is local: write runs: eu or runs: anywhere");
        }
        List<String> keys = new ArrayList<>();
        for (Located<String> variable : spec.keyEnv()) {
            String key = environment.getOrDefault(variable.value(), "").strip();
            if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
                problems.add(
                        variable.place(),
                        "the environment variable \"" + variable.value() + "\", which "
                                + (key.isEmpty() ? "is not set" : "holds what cannot be a key"),
                        "one that holds a key",
                        "Set it, or remove key_env for a server that wants no key");
            } else {
                keys.add(key);
            }
        }
        Set<String> models = new LinkedHashSet<>();
        spec.models().forEach(model -> models.add(model.value()));
        return new Upstream(
                name,
                spec.dialects(),
                base,
                keys,
                place,
                models,
                spec.prices() == null ? "" : spec.prices(),
                spec.streamUsage());
    }

    private URI address(Located<String> text) {
        try {
            URI uri = URI.create(text.value().replaceAll("/+$", ""));
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        problems.add(
                text.place(),
                "the address \"" + text.value().replaceAll("//[^/@]*@", "//…@") + "\"",
                "http or https, host and path, without a user name",
                "Correct it; keys belong into an environment variable named by key_env");
        return URI.create("http://localhost");
    }

    // By the name alone; where the name leads is checked when a connection is made.
    private static boolean isThisMachine(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127(\\.[0-9]{1,3}){3}")
                || host.equals("[::1]");
    }

    private List<Deployment> deployments(ModelSpec model, Map<String, Upstream> upstreams) {
        List<Deployment> deployments = new ArrayList<>();
        for (DeploymentSpec spec : model.deployments()) {
            Upstream upstream = upstreams.get(spec.upstream().value());
            if (upstream == null) {
                problems.unknownWord(
                        spec.upstream().place(), "the upstream", spec.upstream().value(), upstreams.keySet());
            } else if (upstream.isHere()) {
                if (local.contains(spec.model())) {
                    deployments.add(Deployment.here(spec.model(), spec.weight(), spec.price()));
                } else {
                    problems.unknownWord(spec.upstream().place(), "the model", spec.model(), local);
                }
            } else if (!upstream.models().isEmpty() && !upstream.models().contains(spec.model())) {
                problems.unknownWord(spec.upstream().place(), "the model", spec.model(), upstream.models());
            } else {
                deployments.add(deployment(upstream, spec.model(), spec.weight(), spec.price()));
            }
        }
        return deployments;
    }

    private static Deployment deployment(Upstream upstream, String model, int weight, @Nullable String price) {
        String priced = price == null && !upstream.prices().isEmpty() ? upstream.prices() + "/" + model : price;
        Dialect dialect = upstream.dialects().getFirst();
        return new Deployment(
                new Target(upstream.name() + "/" + model, upstream.name(), dialect, model, upstream.place(), priced),
                upstream,
                weight);
    }

    /** Returns the model's own deployments and those of its fallbacks, each model once. */
    private List<List<Deployment>> chain(String name, ModelSpec model, Map<String, List<Deployment>> links) {
        List<List<Deployment>> chain = new ArrayList<>();
        List<Deployment> own = links.getOrDefault(name, List.of());
        if (!own.isEmpty()) {
            chain.add(own);
        }
        for (Located<String> fallback : model.fallback()) {
            List<Deployment> link = links.get(fallback.value());
            if (link == null || fallback.value().equals(name)) {
                problems.unknownWord(
                        fallback.place(),
                        "the fallback",
                        fallback.value(),
                        links.keySet().stream()
                                .filter(other -> !other.equals(name))
                                .toList());
            } else if (!link.isEmpty()) {
                chain.add(link);
            }
        }
        return chain;
    }

    private static int queue(LimitsSpec spec) {
        return spec.sizes().getOrDefault("local_queue", LocalUpstream.DEFAULT_QUEUE);
    }

    private static Limits limits(LimitsSpec spec) {
        Limits defaults = Limits.DEFAULTS;
        return new Limits(
                spec.sizes().getOrDefault("body", defaults.bodyBytes()),
                spec.sizes().getOrDefault("head", defaults.headerBytes()),
                spec.sizes().getOrDefault("in_flight", defaults.inFlight()),
                spec.sizes().getOrDefault("connections", defaults.connections()),
                defaults.slowness(),
                defaults.idle());
    }
}
