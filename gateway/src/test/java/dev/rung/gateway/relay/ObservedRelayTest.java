package dev.rung.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.gateway.Gateway;
import dev.rung.gateway.GatewayConfig;
import dev.rung.gateway.RawClient;
import dev.rung.gateway.govern.Governance;
import dev.rung.gateway.govern.GovernanceConfig;
import dev.rung.gateway.govern.TargetPrices;
import dev.rung.gateway.local.LocalUpstream;
import dev.rung.gateway.log.JsonLines;
import dev.rung.gateway.observe.GenAiNames;
import dev.rung.gateway.observe.Spans;
import dev.rung.gateway.route.Releases;
import dev.rung.json.JsonText;
import dev.rung.models.egress.RelayEgress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a relayed request leaves behind: its span above the upstream's, its line in the log, its place in what an administrator sees. */
class ObservedRelayTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLERS_SPAN = "00f067aa0ba902b7";
    private static final String ASK =
            "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"a secret question\"}]}";
    private static final String ANSWER =
            "{\"choices\":[{\"message\":{\"content\":\"yes\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}";

    @TempDir
    private Path state;

    private final LinkedBlockingQueue<String> spans = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final PlayedUpstream upstream;
    private final Releases releases = new Releases();

    ObservedRelayTest() throws IOException {
        upstream = new PlayedUpstream((request, to) -> to.json(200, ANSWER));
    }

    private final class Running implements AutoCloseable {
        private final Governance governance;
        private final Relay relay;
        private final JsonLines log = new JsonLines(lines::add);
        private final Gateway gateway;

        Running(boolean traced) {
            GenAiNames names = GenAiNames.of(Map.of());
            Spans sent = traced ? new Spans(names, 1, spans::add) : null;
            governance = Governance.open(
                    state,
                    new GovernanceConfig(GovernanceConfig.DEFAULTS.durability(), 4_096, names, sent),
                    new TargetPrices(target -> Optional.empty(), List::of));
            relay = new Relay(
                    RelayFixture.plan("""
                            upstreams:
                              up: { dialect: openai, base_url: %s/v1, key_env: KEY_ONE }
                            models:
                              chat: { deployments: [{ upstream: up, model: real }], attempts: 2 }
                            """.formatted(upstream.url())),
                    governance,
                    RelayEgress.open(Map.of(), 10),
                    new LocalUpstream(new PlayedModels()));
            governance.show("models", relay::shown);
            gateway = Gateway.start(GatewayConfig.DEFAULTS.at("127.0.0.1", 0), releases, relay, governance, log);
        }

        RawClient.Response send(String request) throws IOException {
            try (RawClient client = new RawClient(gateway.port())) {
                return client.send(request).response();
            }
        }

        @Override
        public void close() {
            gateway.close();
            relay.close();
            log.close();
            governance.close();
        }
    }

    @BeforeEach
    void nothingYet() {
        assertThat(spans).isEmpty();
    }

    @AfterEach
    void close() throws IOException {
        upstream.close();
        releases.close();
    }

    @Test
    void our_span_is_between_the_callers_and_the_upstreams() throws Exception {
        try (Running running = new Running(true)) {
            running.send(RawClient.post(
                    "/v1/chat/completions",
                    ASK,
                    "traceparent: 00-" + TRACE + "-" + CALLERS_SPAN + "-01",
                    "tracestate: vendor=1"));
            String up = upstream.only().header("traceparent");
            assertThat(up).startsWith("00-" + TRACE + "-").endsWith("-01").doesNotContain(CALLERS_SPAN);
            assertThat(upstream.only().header("tracestate")).isEqualTo("vendor=1");
            Json.Obj span = span(spans.poll(10, TimeUnit.SECONDS));
            assertThat(span.string("traceId")).isEqualTo(TRACE);
            assertThat(span.string("parentSpanId")).isEqualTo(CALLERS_SPAN);
            assertThat(up.split("-")[2]).isEqualTo(span.string("spanId"));
        }
    }

    @Test
    void a_trace_that_begins_here_goes_on_upstream_and_is_in_the_log() throws Exception {
        try (Running running = new Running(true)) {
            running.send(RawClient.post("/v1/chat/completions", ASK));
            String[] up = upstream.only().header("traceparent").split("-");
            Json.Obj span = span(spans.poll(10, TimeUnit.SECONDS));
            assertThat(span.get("parentSpanId")).isNull();
            assertThat(up).hasSize(4).contains(span.string("traceId"), span.string("spanId"));
            assertThat(line().string("trace")).isEqualTo(span.string("traceId"));
        }
    }

    @Test
    void where_no_spans_are_kept_the_callers_own_goes_on() throws Exception {
        try (Running running = new Running(false)) {
            String own = "00-" + TRACE + "-" + CALLERS_SPAN + "-01";
            running.send(RawClient.post("/v1/chat/completions", ASK, "traceparent: " + own));
            assertThat(upstream.only().header("traceparent")).isEqualTo(own);
        }
    }

    @Test
    void each_request_is_a_line_that_says_what_it_came_to_and_never_what_was_said() throws Exception {
        try (Running running = new Running(false)) {
            upstream.plays((request, to) -> {
                if (request.number() == 1) {
                    to.json(500, "{}");
                } else {
                    to.json(200, ANSWER);
                }
            });
            running.send(RawClient.post(
                    "/v1/chat/completions", ASK, "x-request-id: r-1", "Authorization: Bearer sk-callers-own"));
            running.send(RawClient.get("/v1/models/none?key=sk-in-the-query"));
            Json.Obj relayed = line();
            assertThat(relayed.string("id")).isEqualTo("r-1");
            assertThat(relayed.string("model")).isEqualTo("chat");
            assertThat(relayed.string("target")).isEqualTo("up/real");
            assertThat(relayed.get("status")).isEqualTo(Json.of(200));
            assertThat(relayed.get("retries")).isEqualTo(Json.of(1));
            assertThat(relayed.array("tried")).hasSize(2);
            assertThat(relayed.get("input_tokens")).isEqualTo(Json.of(9));
            assertThat(relayed.string("price_usd")).isEqualTo("unknown");
            assertThat(relayed.number("ms")).isPositive();
            assertThat(relayed.number("first_byte_ms")).isPositive();
            assertThat(Instant.parse(relayed.string("time"))).isBefore(Instant.now());
            Json.Obj looked = line();
            assertThat(looked.string("path")).isEqualTo("/v1/models/none");
            assertThat(looked.string("error")).isEqualTo("model_not_found");
            assertThat(relayed.compact() + looked.compact())
                    .doesNotContain("secret", "sk-", RelayFixture.ENVIRONMENT.get("KEY_ONE"), "yes\"");
        }
    }

    @Test
    void an_administrator_sees_routes_breakers_and_what_is_under_way() throws Exception {
        try (Running running = new Running(false)) {
            upstream.plays((request, to) -> to.json(500, "{}"));
            for (int i = 0; i < 3; i++) {
                running.send(RawClient.post("/v1/chat/completions", ASK));
            }
            Json.Obj debug = (Json.Obj)
                    JsonText.parse(running.send(RawClient.get("/debug")).body());
            Json deployment = LocalModelTest.at(debug, "/models/chat/chain/0/0");
            assertThat(LocalModelTest.at(deployment, "/deployment")).isEqualTo(Json.of("up/real"));
            assertThat(LocalModelTest.at(deployment, "/breakers/server_error/state"))
                    .isIn(Json.of("open"), Json.of("half_open"));
            assertThat(LocalModelTest.at(deployment, "/under_way")).isEqualTo(Json.of(0));
            assertThat(debug.get("open_streams")).isEqualTo(Json.of(0));
            assertThat(debug.compact()).doesNotContain("sk-one-secret");
        }
    }

    @Test
    void readiness_says_when_the_configuration_is_not_the_one_in_force() throws Exception {
        try (Running running = new Running(false)) {
            assertThat(running.send(RawClient.get("/ready")).body()).doesNotContain("configuration");
            running.relay.misconfiguredSince(Instant.parse("2026-11-30T12:00:00Z"));
            RawClient.Response wrong = running.send(RawClient.get("/ready"));
            assertThat(wrong.status()).isEqualTo(200);
            assertThat(wrong.body()).contains("2026-11-30T12:00:00Z");
        }
    }

    private Json.Obj line() throws InterruptedException {
        // Lines come in batches: those that are not looked at yet are put back.
        String batch = lines.poll(10, TimeUnit.SECONDS);
        assertThat(batch).isNotNull();
        String[] each = String.valueOf(batch).split("\n", 2);
        if (each.length > 1 && !each[1].isEmpty()) {
            List<String> later = List.copyOf(lines);
            lines.clear();
            lines.add(each[1]);
            lines.addAll(later);
        }
        return (Json.Obj) JsonText.parse(each[0]);
    }

    private static Json.Obj span(@Nullable String document) throws IOException {
        return (Json.Obj)
                LocalModelTest.at(JsonText.parse(String.valueOf(document)), "/resourceSpans/0/scopeSpans/0/spans/0");
    }
}
