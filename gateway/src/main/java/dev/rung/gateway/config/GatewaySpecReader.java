package dev.rung.gateway.config;

import dev.rung.core.model.Residency;
import dev.rung.gateway.config.GatewaySpec.DeploymentSpec;
import dev.rung.gateway.config.GatewaySpec.LimitsSpec;
import dev.rung.gateway.config.GatewaySpec.ModelSpec;
import dev.rung.gateway.config.GatewaySpec.UpstreamSpec;
import dev.rung.gateway.policy.Dialect;
import dev.rung.json.Yaml;
import dev.rung.json.spec.Keys;
import dev.rung.json.spec.Located;
import dev.rung.json.spec.Problems;
import dev.rung.json.spec.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Reads a configuration file's tree into a {@link GatewaySpec}, noting every problem. */
final class GatewaySpecReader {
    private static final int MOST_ATTEMPTS = 10;
    private static final int HEAVIEST = 1_000;

    private final Problems problems;

    GatewaySpecReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns what {@code root} says; null when it is no mapping at all. */
    @Nullable
    GatewaySpec read(Yaml root) {
        Keys keys = Keys.of(root, GatewaySpec.KEYS, problems);
        if (keys == null) {
            return null;
        }
        SequencedMap<String, UpstreamSpec> upstreams = new LinkedHashMap<>();
        named(keys.get("upstreams"), "upstreams").forEach((name, entry) -> {
            UpstreamSpec upstream = upstream(entry);
            if (upstream != null) {
                upstreams.put(name, upstream);
            }
        });
        SequencedMap<String, ModelSpec> models = new LinkedHashMap<>();
        named(keys.get("models"), "models").forEach((name, entry) -> {
            ModelSpec model = model(entry);
            if (model != null) {
                models.put(name, model);
            }
        });
        Yaml log = keys.get("log");
        Located<String> where =
                log == null ? null : Values.text(log, "a file, or stdout", "log: requests.jsonl", problems);
        return new GatewaySpec(upstreams, models, limits(keys.get("limits")), where == null ? null : where.value());
    }

    private SequencedMap<String, Yaml.Entry> named(@Nullable Yaml node, String what) {
        if (node instanceof Yaml.Mapping mapping) {
            return mapping.entries();
        }
        if (node != null) {
            problems.add(node.place(), node.describe(), "a map of " + what + " by name", "See docs/serving.md");
        }
        return new LinkedHashMap<>();
    }

    private @Nullable UpstreamSpec upstream(Yaml.Entry entry) {
        Keys keys = Keys.of(entry.value(), UpstreamSpec.KEYS, problems);
        if (keys == null) {
            return null;
        }
        Yaml dialect = keys.require("dialect", "what the server speaks", "dialect: openai");
        Yaml base = keys.require("base_url", "where the server is", "base_url: https://api.openai.com/v1");
        List<Dialect> dialects = new ArrayList<>();
        if (dialect != null) {
            for (Yaml item : dialect instanceof Yaml.Sequence list ? list.items() : List.of(dialect)) {
                Dialect one = Values.word(item, Dialect.class, problems);
                if (one != null) {
                    dialects.add(one);
                }
            }
        }
        Located<String> address =
                base == null ? null : Values.text(base, "an address", "base_url: https://api.openai.com/v1", problems);
        Yaml runs = keys.get("runs");
        Yaml usage = keys.get("stream_usage");
        Yaml prices = keys.get("prices");
        Located<String> provider = prices == null
                ? null
                : Values.text(prices, "a provider as the price book names it", "prices: openai", problems);
        Residency place = runs == null ? null : Values.word(runs, Residency.class, problems);
        boolean streamUsage = usage == null || flag(usage);
        return address == null || dialects.isEmpty()
                ? null
                : new UpstreamSpec(
                        entry.key(),
                        dialects,
                        address,
                        texts(keys.get("key_env"), "the name of an environment variable, or a list", "OPENAI_API_KEY"),
                        place,
                        texts(keys.get("models"), "a list of models", "[gpt-5-mini]"),
                        provider == null ? null : provider.value(),
                        streamUsage);
    }

    private @Nullable ModelSpec model(Yaml.Entry entry) {
        Keys keys = Keys.of(entry.value(), ModelSpec.KEYS, problems);
        if (keys == null) {
            return null;
        }
        Yaml list = keys.require(
                "deployments", "what answers for the model", "deployments: [{upstream: openai, model: gpt-5-mini}]");
        List<DeploymentSpec> deployments = new ArrayList<>();
        if (list instanceof Yaml.Sequence sequence && !sequence.items().isEmpty()) {
            sequence.items().forEach(item -> {
                DeploymentSpec deployment = deployment(item);
                if (deployment != null) {
                    deployments.add(deployment);
                }
            });
        } else if (list != null) {
            problems.add(
                    list.place(),
                    list.describe(),
                    "a list of deployments",
                    "Write, for example: [{upstream: openai, model: gpt-5-mini}]");
        }
        return new ModelSpec(
                entry.key(),
                deployments,
                texts(keys.get("fallback"), "the name of a model of this file, or a list", "[gpt-backup]"),
                deadlines(keys.get("deadlines")),
                whole(keys.get("attempts"), 1, MOST_ATTEMPTS, RelayPlan.ATTEMPTS),
                onOrOff(keys.get("prompt_cache")));
    }

    private @Nullable DeploymentSpec deployment(Yaml item) {
        Keys keys = Keys.of(item, DeploymentSpec.KEYS, problems);
        if (keys == null) {
            return null;
        }
        Yaml upstream = keys.require("upstream", "the name of an upstream of this file", "upstream: openai");
        Yaml model = keys.require("model", "the model's name there", "model: gpt-5-mini");
        Located<String> upstreamName = upstream == null ? null : Values.text(upstream, "a name", "openai", problems);
        Located<String> modelName = model == null ? null : Values.text(model, "a name", "gpt-5-mini", problems);
        Yaml price = keys.get("price");
        Located<String> priceName = price == null
                ? null
                : Values.text(price, "a model as the price book names it", "openai/gpt-5-mini", problems);
        int weight = whole(keys.get("weight"), 1, HEAVIEST, 1);
        return upstreamName == null || modelName == null
                ? null
                : new DeploymentSpec(
                        upstreamName, modelName.value(), weight, priceName == null ? null : priceName.value());
    }

    private Deadlines deadlines(@Nullable Yaml node) {
        Keys keys = node == null ? null : Keys.of(node, ModelSpec.DEADLINES, problems);
        Deadlines defaults = Deadlines.DEFAULTS;
        return keys == null
                ? defaults
                : new Deadlines(
                        time(keys.get("connect"), defaults.connect()),
                        time(keys.get("first_token"), defaults.firstToken()),
                        time(keys.get("between_chunks"), defaults.betweenChunks()),
                        time(keys.get("total"), defaults.total()));
    }

    private LimitsSpec limits(@Nullable Yaml node) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        Keys keys = node == null ? null : Keys.of(node, LimitsSpec.KEYS, problems);
        if (keys != null) {
            for (String key : List.of("body", "head")) {
                Yaml value = keys.get(key);
                Integer bytes = value == null ? null : Values.bytes(value, problems);
                if (bytes != null) {
                    sizes.put(key, bytes);
                }
            }
            for (String key : List.of("in_flight", "connections", "local_queue")) {
                Yaml value = keys.get(key);
                if (value != null) {
                    sizes.put(key, whole(value, 1, 1_000_000, 1));
                }
            }
        }
        return new LimitsSpec(sizes);
    }

    private List<Located<String>> texts(@Nullable Yaml node, String expected, String example) {
        return node == null ? List.of() : Values.texts(node, expected, example, problems);
    }

    private Duration time(@Nullable Yaml node, Duration otherwise) {
        Duration time = node == null ? null : Values.duration(node, problems);
        return time == null ? otherwise : time;
    }

    private int whole(@Nullable Yaml node, int least, int most, int otherwise) {
        Long number = node == null ? null : Values.whole(node, problems);
        if (node == null || number == null) {
            return otherwise;
        }
        if (number < least || number > most) {
            problems.add(node.place(), node.describe(), "a number from %d to %,d".formatted(least, most), "Correct it");
            return otherwise;
        }
        return number.intValue();
    }

    private boolean onOrOff(@Nullable Yaml node) {
        if (node == null) {
            return false;
        }
        if (node instanceof Yaml.Scalar scalar
                && (scalar.text().equals("on") || scalar.text().equals("off"))) {
            return scalar.text().equals("on");
        }
        problems.add(node.place(), node.describe(), "on or off", "Choose one");
        return false;
    }

    private boolean flag(Yaml node) {
        if (node instanceof Yaml.Scalar scalar
                && (scalar.text().equals("true") || scalar.text().equals("false"))) {
            return scalar.text().equals("true");
        }
        problems.add(node.place(), node.describe(), "true or false", "Choose one");
        return true;
    }
}
