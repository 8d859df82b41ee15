package dev.rung.gateway.relay;

import dev.rung.core.model.LocalModels;
import dev.rung.gateway.Gateway;
import dev.rung.gateway.GatewayConfig;
import dev.rung.gateway.RawClient;
import dev.rung.gateway.RecordingLog;
import dev.rung.gateway.config.GatewayFile;
import dev.rung.gateway.config.RelayPlan;
import dev.rung.gateway.local.LocalUpstream;
import dev.rung.gateway.route.Releases;
import dev.rung.models.egress.RelayEgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** A gateway on a real socket in front of played upstreams, configured as a user would. */
final class RelayFixture implements AutoCloseable {
    static final Map<String, String> ENVIRONMENT = Map.of("KEY_ONE", "sk-one-secret", "KEY_TWO", "sk-two-secret");

    final RecordingGovernor governor = new RecordingGovernor();
    final RecordingLog log = new RecordingLog();
    final Releases releases = new Releases();
    final LocalUpstream local;
    final Relay relay;
    final Gateway gateway;

    RelayFixture(String yaml) {
        this(yaml, new PlayedModels());
    }

    RelayFixture(String yaml, LocalModels models) {
        local = new LocalUpstream(models);
        relay = new Relay(plan(yaml), governor, RelayEgress.open(Map.of(), 100), local);
        gateway = Gateway.start(GatewayConfig.DEFAULTS.at("127.0.0.1", 0), releases, relay, governor, log);
    }

    static RelayPlan plan(String yaml) {
        try {
            Path file = Files.createTempFile("gateway", ".yaml");
            Files.writeString(file, yaml);
            RelayPlan plan = GatewayFile.read(file, ENVIRONMENT, Set.of(PlayedModels.CHAT, PlayedModels.ENCODER))
                    .plan();
            Files.delete(file);
            return plan;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Returns a configuration with one upstream {@code up} that speaks {@code dialect}, and a model {@code chat} there called {@code real-model}. */
    static String one(String dialect, PlayedUpstream upstream, String... deadlines) {
        return """
               upstreams:
                 up: { dialect: %s, base_url: %s/v1, key_env: KEY_ONE }
               models:
                 chat:
                   deployments: [{ upstream: up, model: real-model }]
                   deadlines: { first_token: 2s%s }
               """.formatted(dialect, upstream.url(), deadlines.length == 0 ? "" : ", " + String.join(", ", deadlines));
    }

    RawClient client() throws IOException {
        return new RawClient(gateway.port());
    }

    RawClient.Response post(String path, String body, String... headers) throws IOException {
        try (RawClient client = client()) {
            return client.send(RawClient.post(path, body, headers)).response();
        }
    }

    @Override
    public void close() {
        gateway.close();
        relay.close();
        releases.close();
    }
}
