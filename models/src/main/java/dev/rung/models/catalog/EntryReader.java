package dev.rung.models.catalog;

import dev.rung.core.Sha256;
import dev.rung.core.economics.Pricing;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Residency;
import dev.rung.json.Yaml;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes an entry of a model's keys, which satisfy the schema, and checks what the schema cannot say. */
final class EntryReader {
    private static final int CONCURRENCY = 8;
    private static final Set<ModelCard.Capability> OF_LLAMA = EnumSet.of(
            ModelCard.Capability.LABEL_SCORES, ModelCard.Capability.JSON_SCHEMA, ModelCard.Capability.LOGPROBS);

    private final ModelId id;
    private final EntryKeys keys;
    private final Pricing.MachineTime machine;

    EntryReader(ModelId id, EntryKeys keys, Pricing.MachineTime machine) {
        this.id = id;
        this.keys = keys;
        this.machine = machine;
    }

    CatalogEntry read() {
        Engine engine = engine();
        Residency place = place(engine);
        String retires = keys.text("retires");
        return new CatalogEntry(
                id,
                "encoder".equals(keys.text("kind")) ? ModelCard.Kind.ENCODER : ModelCard.Kind.GENERATIVE,
                engine,
                place,
                context(),
                capabilities(engine),
                orElse("licence", "unknown"),
                ModelCard.OutputsMayTrain.valueOf(constant(orElse("outputs_may_train", "unknown"))),
                orElse("note", ""),
                retires == null ? null : Prices.date(required("retires"), retires),
                pricing(engine));
    }

    private Engine engine() {
        String engine = keys.text("engine");
        if (engine == null) {
            engine = keys.get("server") != null ? "openai" : "llama";
        }
        return switch (engine) {
            case "llama" -> new Engine.Llama(weights());
            case "openai" -> server(Prices.object(required("server")));
            case "onnx" -> onnx();
            default -> throw new IllegalStateException("the schema lets no other engine through: " + engine);
        };
    }

    private Engine onnx() {
        if (keys.get("file") != null || keys.get("weights") != null) {
            throw keys.wrong(
                    "weights of one's own for engine onnx",
                    "none",
                    "Only the encoder that comes with Rung runs on onnx");
        }
        return new Engine.Onnx();
    }

    private Weights weights() {
        String file = keys.text("file");
        if (file != null) {
            boolean inHome = file.startsWith("~/");
            Path path = inHome ? UserFolders.home(System.getenv()).resolve(file.substring(2)) : Path.of(file);
            return new Weights.OnDisk(keys.folder().resolve(path).normalize());
        }
        if (keys.get("weights") == null) {
            throw keys.wrong("a model without weights", "one of file, weights or server", "Say where the model is");
        }
        Json.Obj weights = Prices.object(required("weights"));
        List<Weights.Source> sources = new ArrayList<>();
        for (Json source : weights.array("sources")) {
            sources.add(source((Json.Obj) source));
        }
        return new Weights.Fetched(
                weights.string("name"),
                weights.number("bytes").longValueExact(),
                new Sha256(weights.string("sha256")),
                sources);
    }

    private Weights.Source source(Json.Obj source) {
        if (source.get("url") instanceof Json.Str(String url)) {
            return new Weights.Address(address(url));
        }
        List<Weights.Member> members = new ArrayList<>();
        for (Json item : source.array("pip")) {
            Json.Obj member = (Json.Obj) item;
            members.add(
                    new Weights.Member(member.string("package"), member.string("version"), member.string("member")));
        }
        return new Weights.Packages(members);
    }

    private Engine.OpenAi server(Json.Obj server) {
        String url = server.string("base_url").replaceAll("/+$", "");
        return new Engine.OpenAi(
                address(url),
                server.string("model"),
                server.get("key_env") instanceof Json.Str(String variable) ? variable : null,
                server.get("parameters") instanceof Json.Obj given ? given : Json.object("temperature", Json.of(0)),
                server.get("max_tokens_key") instanceof Json.Str(String key) ? key : "max_tokens",
                whole(server.get("reasoning_tokens"), 0),
                whole(server.get("concurrency"), CONCURRENCY),
                Json.of("on").equals(server.get("prompt_cache")));
    }

    private URI address(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw keys.wrong(
                "the address \"" + text.replaceAll("//[^/@]*@", "//…@") + "\"",
                "scheme, host and path, without a user name",
                "Correct it; keys belong into an environment variable named by key_env");
    }

    private Residency place(Engine engine) {
        String runs = keys.text("runs");
        boolean here = !(engine instanceof Engine.OpenAi server) || isThisMachine(server.baseUrl());
        Residency place =
                runs == null ? (here ? Residency.LOCAL : Residency.ANYWHERE) : Residency.valueOf(constant(runs));
        if (place == Residency.LOCAL && !here) {
            throw keys.wrong(
                    "runs: local with a server on another machine",
                    "a server on localhost",
                    "Only this machine is local: write runs: eu or runs: anywhere");
        }
        return place;
    }

    // By the name alone; where the name leads is checked when a connection is made.
    private static boolean isThisMachine(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127(\\.[0-9]{1,3}){3}")
                || host.equals("[::1]");
    }

    private int context() {
        String context = keys.text("context");
        if (context == null) {
            throw keys.wrong(
                    "no key \"context\"",
                    "how many tokens prompt and answer may have together",
                    "Add it, such as context: 8192");
        }
        return Integer.parseInt(context);
    }

    private Set<ModelCard.Capability> capabilities(Engine engine) {
        if (keys.get("capabilities") instanceof Yaml.Sequence given) {
            Set<ModelCard.Capability> capabilities = EnumSet.noneOf(ModelCard.Capability.class);
            given.items()
                    .forEach(item ->
                            capabilities.add(ModelCard.Capability.valueOf(constant(((Yaml.Scalar) item).text()))));
            return capabilities;
        }
        return engine instanceof Engine.Llama ? OF_LLAMA : Set.of();
    }

    private Pricing pricing(Engine engine) {
        if (keys.get("prices") instanceof Yaml.Sequence prices) {
            return Prices.metered(prices);
        }
        if (keys.get("machine_time") instanceof Yaml.Mapping hour) {
            return Prices.machineTime(hour);
        }
        return switch (engine) {
            case Engine.Llama llama -> machine;
            case Engine.Onnx onnx -> machine;
            case Engine.OpenAi server ->
                new Pricing.Unpriced("models.yaml gives no prices for " + id + "; add prices or machine_time");
        };
    }

    private Yaml required(String key) {
        Yaml value = keys.get(key);
        if (value == null) {
            throw keys.wrong("no key \"" + key + "\"", "one, as its engine needs it", "Add it");
        }
        return value;
    }

    private String orElse(String key, String otherwise) {
        String text = keys.text(key);
        return text == null ? otherwise : text;
    }

    private static int whole(@Nullable Json number, int otherwise) {
        return number instanceof Json.Num(var value) ? value.intValueExact() : otherwise;
    }

    private static String constant(String key) {
        return key.toUpperCase(Locale.ROOT);
    }
}
