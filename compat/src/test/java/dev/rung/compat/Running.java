package dev.rung.compat;

import dev.rung.compat.played.PlayedServer;
import dev.rung.compat.played.Vendor;
import dev.rung.core.json.Json;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.gateway.Gateway;
import dev.rung.gateway.GatewayConfig;
import dev.rung.gateway.config.GatewayFile;
import dev.rung.gateway.config.RelayPlan;
import dev.rung.gateway.local.LocalUpstream;
import dev.rung.gateway.log.RequestLine;
import dev.rung.gateway.policy.Governor;
import dev.rung.gateway.relay.Relay;
import dev.rung.gateway.route.Releases;
import dev.rung.json.JsonText;
import dev.rung.models.egress.RelayEgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** A gateway on a real socket, configured by a file as a user would, with what answers behind it. */
final class Running implements AutoCloseable {
    /** What the task {@code orders} fills in. */
    static final Json.Obj ORDER = (Json.Obj) JsonText.parse("""
            {"type":"object","properties":{"item":{"type":"string"}},"required":["item"],"additionalProperties":false}""");

    final LinkedBlockingQueue<RequestLine> log = new LinkedBlockingQueue<>();
    private final Releases releases = new Releases();
    private final Relay relay;
    private final Gateway gateway;

    private Running(String yaml) {
        this.relay =
                new Relay(plan(yaml), Governor.OPEN, RelayEgress.open(Map.of(), 50), new LocalUpstream(new NoModels()));
        this.gateway =
                Gateway.start(GatewayConfig.DEFAULTS.at("127.0.0.1", 0), releases, relay, Governor.OPEN, log::add);
    }

    private static RelayPlan plan(String yaml) {
        try {
            Path file = Files.createTempFile("gateway", ".yaml");
            Files.writeString(file, yaml);
            RelayPlan plan = GatewayFile.read(file, Map.of("VENDOR_KEY", "sk-of-the-vendor"), Set.of())
                    .plan();
            Files.delete(file);
            return plan;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String base(Vendor vendor, PlayedServer server) {
        return server.url() + (vendor.dialect().equals("gemini") ? "/v1beta" : "/v1");
    }

    /** Returns a gateway whose models {@code assistant-0}, {@code assistant-1} and so on are each a deployment of their own at {@code server}. */
    static Running before(Vendor vendor, PlayedServer server, int models, int attempts) {
        StringBuilder yaml = new StringBuilder("upstreams:\n");
        for (int i = 0; i < models; i++) {
            yaml.append("  up%d: { dialect: %s, base_url: %s, key_env: VENDOR_KEY }\n"
                    .formatted(i, vendor.dialect(), base(vendor, server)));
        }
        yaml.append("models:\n");
        for (int i = 0; i < models; i++) {
            yaml.append("  assistant-%d: { deployments: [{ upstream: up%d, model: %s }], attempts: %d }\n"
                    .formatted(i, i, vendor.model(), attempts));
        }
        return new Running(yaml.toString());
    }

    /** Returns a gateway whose model {@code assistant-0} is at {@code first}, is asked once, and falls back to {@code second}. */
    static Running withFallback(Vendor vendor, PlayedServer first, PlayedServer second) {
        return new Running("""
                upstreams:
                  first: { dialect: %1$s, base_url: %2$s, key_env: VENDOR_KEY }
                  second: { dialect: %1$s, base_url: %3$s, key_env: VENDOR_KEY }
                models:
                  assistant-0:
                    deployments: [{ upstream: first, model: %4$s }]
                    attempts: 1
                    fallback: spare
                    deadlines: { connect: 500ms, first_token: 250ms, between_chunks: 250ms, total: 20s }
                  spare: { deployments: [{ upstream: second, model: %4$s }] }
                """.formatted(vendor.dialect(), base(vendor, first), base(vendor, second), vendor.model()));
    }

    /**
     * Returns a gateway of tasks: {@code assistant-0} repeats its input, {@code orders} fills in fields, {@code mute} has no answer, and {@code flaky} fails the first time it is
     * asked.
     */
    static Running tasks() {
        Running running = new Running("upstreams: {}\nmodels: {}\n");
        AtomicBoolean failed = new AtomicBoolean();
        running.releases.promote(RuleSolver.release(
                "mute", new OutputContract.Text(), input -> new Output.NoAnswer("nothing comes to mind")));
        running.releases.promote(RuleSolver.release("flaky", new OutputContract.Text(), input -> {
            if (failed.compareAndSet(false, true)) {
                throw new IllegalStateException("the first time");
            }
            return new Output.Text(input);
        }));
        running.releases.promote(RuleSolver.release("assistant-0", new OutputContract.Text(), Output.Text::new));
        running.releases.promote(RuleSolver.release(
                "orders",
                new OutputContract.Fields(ORDER),
                input -> new Output.Fields(Json.object("item", Json.of(input)))));
        return running;
    }

    int port() {
        return gateway.port();
    }

    @Override
    public void close() {
        gateway.close();
        relay.close();
        releases.close();
    }
}
