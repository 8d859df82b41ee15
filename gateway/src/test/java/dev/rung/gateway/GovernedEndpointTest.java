package dev.rung.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.task.Output;
import dev.rung.gateway.RawClient.Response;
import dev.rung.gateway.govern.Governance;
import dev.rung.gateway.govern.GovernanceConfig;
import dev.rung.gateway.govern.TargetPrices;
import dev.rung.gateway.keys.KeyToken;
import dev.rung.gateway.route.Releases;
import dev.rung.store.KeyRow;
import dev.rung.store.RequestRow;
import dev.rung.store.Requests;
import dev.rung.store.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release behind the whole of governance, over HTTP. */
class GovernedEndpointTest {
    private static final String QUESTION =
            "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    @TempDir
    private Path state;

    private String key(String name, boolean administrator) {
        KeyToken token = KeyToken.fresh();
        byte[] salt = KeyToken.salt();
        try (Traffic traffic = Traffic.open(state)) {
            traffic.keys()
                    .add(
                            new KeyRow(
                                    token.id(),
                                    name,
                                    salt,
                                    token.hash(salt),
                                    null,
                                    null,
                                    List.of(),
                                    administrator,
                                    Instant.now(),
                                    null),
                            null);
        }
        return token.text();
    }

    @Test
    void keys_limits_metrics_and_debug_work_over_the_wire() throws IOException {
        String caller = key("ci", false);
        String operator = key("ops", true);
        try (Traffic traffic = Traffic.open(state)) {
            traffic.keys().rule("key:ci", "{\"budgets\":[\"1 requests/day\"]}");
        }
        try (Governance governance = Governance.open(
                        state,
                        GovernanceConfig.DEFAULTS,
                        new TargetPrices(target -> Optional.empty(), () -> List.of()));
                Releases releases = new Releases()) {
            releases.promote(TestTasks.echo());
            try (Gateway gateway = Gateway.start(
                            GatewayConfig.DEFAULTS.at("127.0.0.1", 0), releases, governance, new RecordingLog());
                    RawClient client = new RawClient(gateway.port())) {
                assertThat(ask(client, "x-api-key: nonsense").status()).isEqualTo(401);
                assertThat(ask(client, "Authorization: Bearer " + caller).status())
                        .isEqualTo(200);
                Response spent = ask(client, "x-api-key: " + caller);
                assertThat(spent.status()).isEqualTo(429);
                assertThat(spent.header("x-should-retry")).isEqualTo("false");
                assertThat(spent.body()).contains("key:ci, 1 requests/day", "\"code\":\"budget_exhausted\"");

                assertThat(get(client, "/debug", caller).status()).isEqualTo(403);
                assertThat(get(client, "/debug", operator).body())
                        .contains("\"scope\":\"key:ci\"", "\"used\":\"1 requests\"");
                Response metrics = get(client, "/metrics", operator);
                assertThat(metrics.header("content-type")).startsWith("text/plain; version=0.0.4");
                assertThat(metrics.body())
                        .contains(
                                "rung_requests_total{gen_ai_operation_name=\"generate\",gen_ai_system=\"release\",gen_ai_request_model=\"echo\",status=\"200\",ending=\"complete\"} 1\n")
                        .doesNotContain(caller, operator);
            }
        }
    }

    @Test
    void silence_of_a_release_is_counted_and_kept() throws IOException {
        try (Governance governance = Governance.open(
                        state,
                        GovernanceConfig.DEFAULTS,
                        new TargetPrices(target -> Optional.empty(), () -> List.of()));
                Releases releases = new Releases()) {
            releases.promote(TestTasks.served(
                    "sorting",
                    1,
                    TestTasks.labels(),
                    TestTasks.answering(input ->
                            input.equals("?") ? new Output.Abstention("ask a person") : new Output.Label("billing"))));
            try (Gateway gateway = Gateway.start(
                            GatewayConfig.DEFAULTS.at("127.0.0.1", 0), releases, governance, new RecordingLog());
                    RawClient client = new RawClient(gateway.port())) {
                for (String input : List.of("?", "an invoice", "?")) {
                    assertThat(client.send(RawClient.post(
                                            "/v1/chat/completions",
                                            "{\"model\":\"sorting\",\"messages\":[{\"role\":\"user\",\"content\":\""
                                                    + input + "\"}]}"))
                                    .response()
                                    .status())
                            .isEqualTo(200);
                }
            }
            assertThat(governance.metrics()).containsPattern("rung_unsure_total\\{[^}]*\"sorting\"[^}]*} 2\n");
        }
        try (Traffic traffic = Traffic.open(state)) {
            assertThat(traffic.requests().newest(3).stream().map(RequestRow::abstained))
                    .containsExactly(true, false, true);
            assertThat(traffic.requests()
                            .sums(
                                    List.of(Requests.By.MODEL),
                                    Instant.EPOCH,
                                    Instant.now().plusSeconds(1)))
                    .singleElement()
                    .satisfies(sum -> {
                        assertThat(sum.requests()).isEqualTo(3);
                        assertThat(sum.unsure()).isEqualTo(2);
                    });
        }
    }

    private static Response ask(RawClient client, String header) throws IOException {
        return client.send(RawClient.post("/v1/chat/completions", QUESTION, header))
                .response();
    }

    private static Response get(RawClient client, String path, String key) throws IOException {
        return client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key + "\r\n\r\n")
                .response();
    }
}
