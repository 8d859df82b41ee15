package dev.rung.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.gateway.Gateway;
import dev.rung.gateway.GatewayConfig;
import dev.rung.gateway.RawClient;
import dev.rung.gateway.config.GatewayFile;
import dev.rung.gateway.config.GatewayFollower;
import dev.rung.gateway.http.Limits;
import dev.rung.gateway.log.JsonLines;
import dev.rung.gateway.policy.Governor;
import dev.rung.gateway.route.Releases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration changes while requests are under way, as a user changes it: none is dropped, and each ends as it began. */
class ReloadTest {
    private static final String CHUNK = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n";
    private static final String ASK = "{\"model\":\"chat\",\"messages\":[]%s}";

    @TempDir
    private Path folder;

    private static String yaml(PlayedUpstream upstream, String model) {
        return """
               upstreams:
                 up: { dialect: openai, base_url: %s/v1 }
               models:
                 chat: { deployments: [{ upstream: up, model: %s }] }
               """.formatted(upstream.url(), model);
    }

    private GatewayFollower follow(Path file, RelayFixture fixture, List<String> said) {
        return new GatewayFollower(
                file, RelayFixture.ENVIRONMENT, Set.of(), settings -> fixture.relay.follow(settings.plan()), said::add);
    }

    private static void body(RawClient client, StringBuilder all, String until) throws IOException {
        while (!all.toString().contains(until)) {
            all.append(client.chunk());
        }
    }

    private static void head(RawClient client) throws IOException {
        assertThat(client.line()).contains(" 200 ");
        while (!client.line().isEmpty()) {
            // fields
        }
    }

    @Test
    void a_stream_goes_on_where_it_began_while_new_requests_go_elsewhere() throws Exception {
        CountDownLatch changed = new CountDownLatch(1);
        try (PlayedUpstream old = new PlayedUpstream((request, to) -> {
                    to.streamHead();
                    to.chunk(CHUNK.formatted("old"));
                    changed.await();
                    to.chunk(CHUNK.formatted("still old"));
                    to.chunk(
                            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
                    to.end();
                });
                PlayedUpstream next = new PlayedUpstream((request, to) -> to.json(200, "{\"next\":true}"))) {
            Path file = Files.writeString(folder.resolve(GatewayFile.NAME), yaml(old, "one"));
            List<String> said = new ArrayList<>();
            try (RelayFixture fixture = new RelayFixture(yaml(old, "one"));
                    RawClient streaming = fixture.client()) {
                GatewayFollower follower = follow(file, fixture, said);
                streaming.send(RawClient.post("/v1/chat/completions", ASK.formatted(",\"stream\":true")));
                head(streaming);
                StringBuilder all = new StringBuilder();
                body(streaming, all, "old");

                Files.writeString(file, yaml(next, "another"));
                follower.look();
                assertThat(said).singleElement().asString().contains("taken up");
                assertThat(fixture.post("/v1/chat/completions", ASK.formatted(""))
                                .body())
                        .contains("next");
                assertThat(next.only().body()).contains("\"another\"");

                // One that cannot be read changes nothing, and is said once.
                Files.writeString(file, "models: [");
                follower.look();
                follower.look();
                assertThat(said).hasSize(2);
                assertThat(follower.problem()).isNotNull();
                assertThat(fixture.post("/v1/chat/completions", ASK.formatted(""))
                                .status())
                        .isEqualTo(200);
                Files.writeString(file, yaml(next, "third"));
                follower.look();
                assertThat(follower.problem()).isNull();

                changed.countDown();
                body(streaming, all, "[DONE]");
                assertThat(all.toString()).contains("still old");
                assertThat(old.requests()).hasSize(1);
            }
        }
    }

    @Test
    void under_load_no_request_is_dropped_by_changes() throws Exception {
        try (PlayedUpstream a = new PlayedUpstream((request, to) -> to.json(200, "{\"by\":\"a\"}"));
                PlayedUpstream b = new PlayedUpstream((request, to) -> to.json(200, "{\"by\":\"b\"}"))) {
            Path file = Files.writeString(folder.resolve(GatewayFile.NAME), yaml(a, "m0"));
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            try (RelayFixture fixture = new RelayFixture(yaml(a, "m0"));
                    ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                GatewayFollower follower = follow(file, fixture, new ArrayList<>());
                List<Future<List<Integer>>> all = new ArrayList<>();
                for (int i = 0; i < 16; i++) {
                    all.add(callers.submit(() -> {
                        List<Integer> statuses = new ArrayList<>();
                        try (RawClient client = fixture.client()) {
                            while (!over.get()) {
                                client.send(RawClient.post("/v1/chat/completions", ASK.formatted("")));
                                statuses.add(client.response().status());
                                answered.incrementAndGet();
                            }
                        }
                        return statuses;
                    }));
                }
                for (int change = 1; change <= 30; change++) {
                    int before = answered.get();
                    Files.writeString(file, yaml(change % 2 == 0 ? a : b, "m" + change));
                    follower.look();
                    while (answered.get() < before + 16) {
                        Thread.onSpinWait();
                    }
                }
                over.set(true);
                for (Future<List<Integer>> each : all) {
                    assertThat(each.get()).isNotEmpty().allMatch(status -> status == 200);
                }
                assertThat(a.requests()).isNotEmpty();
                assertThat(b.requests()).isNotEmpty();
            }
        }
    }

    @Test
    void limits_count_for_the_next_request_and_those_that_cannot_are_named() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> {
                    if (!request.body().contains("\"stream\":true")) {
                        to.json(200, "{}");
                        return;
                    }
                    to.streamHead();
                    to.chunk(CHUNK.formatted("first"));
                    goOn.await();
                    to.chunk(CHUNK.formatted("last"));
                    to.chunk("data: [DONE]\n\n");
                    to.end();
                });
                RelayFixture fixture = new RelayFixture(yaml(upstream, "one"));
                RawClient streaming = fixture.client()) {
            String tooLarge = ASK.formatted(",\"user\":\"" + "u".repeat(3 << 20) + "\"");
            String large = ASK.formatted(",\"user\":\"" + "u".repeat(6 << 20) + "\"");
            Limits limits = Limits.DEFAULTS;
            assertThat(fixture.post("/v1/chat/completions", tooLarge).status()).isEqualTo(413);
            assertThat(fixture.gateway.follow(limits.withBodyBytes(16 << 20))).isEmpty();
            assertThat(fixture.post("/v1/chat/completions", large).status()).isEqualTo(200);

            streaming.send(RawClient.post("/v1/chat/completions", ASK.formatted(",\"stream\":true")));
            head(streaming);
            StringBuilder all = new StringBuilder();
            body(streaming, all, "first");
            fixture.gateway.follow(limits.withBodyBytes(10).withInFlight(1));
            assertThat(fixture.post("/v1/chat/completions", ASK.formatted("")).body())
                    .contains("All 1 places");
            goOn.countDown();
            body(streaming, all, "[DONE]");
            assertThat(all.toString()).as("what was under way is finished").contains("last");
            fixture.gateway.follow(limits.withBodyBytes(10).withInFlight(2));
            assertThat(fixture.post("/v1/chat/completions", ASK.formatted("")).status())
                    .isEqualTo(413);

            Limits other = new Limits(1 << 20, 1_000, 300, 50, limits.slowness(), limits.idle());
            assertThat(fixture.gateway.follow(other))
                    .containsExactly(
                            "limits.head",
                            "limits.connections",
                            "limits.in_flight, for more than 256 calls to one upstream");
            try (RawClient client = fixture.client()) {
                assertThat(client.send(RawClient.get("/ready")).response().body())
                        .contains("\"restart_needed\":[\"limits.head\",\"limits.connections\"");
                fixture.gateway.follow(limits);
                assertThat(client.send(RawClient.get("/ready")).response().body())
                        .doesNotContain("restart_needed");
            }
        }
    }

    @Test
    void lines_of_the_log_go_elsewhere_from_the_change_on_and_none_is_lost() throws Exception {
        BlockingQueue<String> first = new LinkedBlockingQueue<>();
        BlockingQueue<String> second = new LinkedBlockingQueue<>();
        try (JsonLines lines = new JsonLines(first::add);
                Gateway gateway =
                        Gateway.start(GatewayConfig.DEFAULTS.at("127.0.0.1", 0), new Releases(), Governor.OPEN, lines);
                RawClient client = new RawClient(gateway.port())) {
            client.send(RawClient.get("/health")).response();
            assertThat(first.take()).contains("\"/health\"");
            lines.follow(second::add);
            client.send(RawClient.get("/ready")).response();
            assertThat(second.take()).contains("\"/ready\"");
            assertThat(first).isEmpty();
            lines.follow(null);
            client.send(RawClient.get("/health")).response();
            // A connection takes its next request once the line of the one before has been handed over.
            client.send(RawClient.get("/v1/models")).response();
            lines.follow(first::add);
            client.send(RawClient.get("/ready")).response();
            assertThat(first.take()).doesNotContain("/health");
            assertThat(second).isEmpty();
        }
    }

    @Test
    void at_the_end_open_streams_are_finished_and_new_work_is_refused() throws Exception {
        CountDownLatch draining = new CountDownLatch(1);
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> {
                    to.streamHead();
                    to.chunk(CHUNK.formatted("first"));
                    draining.await();
                    to.chunk(CHUNK.formatted("last"));
                    to.chunk("data: [DONE]\n\n");
                    to.end();
                });
                RelayFixture fixture = new RelayFixture(yaml(upstream, "one"));
                RawClient streaming = fixture.client();
                RawClient late = fixture.client()) {
            streaming.send(RawClient.post("/v1/chat/completions", ASK.formatted(",\"stream\":true")));
            head(streaming);
            StringBuilder all = new StringBuilder();
            body(streaming, all, "first");
            Thread closing = Thread.ofVirtual().start(fixture.gateway::close);
            RawClient.Response refused;
            do {
                refused = late.send(RawClient.get("/ready")).response();
            } while (refused.status() == 200);
            assertThat(refused.body()).contains("shutting down");
            draining.countDown();
            body(streaming, all, "[DONE]");
            assertThat(all.toString()).contains("last");
            closing.join();
        }
    }
}
