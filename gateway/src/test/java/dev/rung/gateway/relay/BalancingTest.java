package dev.rung.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.gateway.RawClient.Response;
import dev.rung.gateway.config.Deployment;
import dev.rung.gateway.config.ModelRoute;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where calls go when several deployments answer for a model. */
class BalancingTest {
    private static final String CHAT = "/v1/chat/completions";

    private static String two(PlayedUpstream a, PlayedUpstream b, String dialect) {
        return """
               upstreams:
                 a: { dialect: %1$s, base_url: %2$s/v1 }
                 b: { dialect: %1$s, base_url: %3$s/v1 }
               models:
                 chat: { deployments: [{ upstream: a, model: m, weight: 3 }, { upstream: b, model: m }] }
               """.formatted(dialect, a.url(), b.url());
    }

    private static int timesChosen(String name, Upstreams upstreams, List<Deployment> deployments) {
        Choice choice = new Choice(upstreams);
        int times = 0;
        for (int i = 0; i < 4_000; i++) {
            Deployment chosen = choice.among(deployments, null, null, System.nanoTime());
            if (chosen != null && chosen.name().equals(name)) {
                times++;
            }
        }
        return times;
    }

    @Test
    void load_is_shared_by_weight_and_moves_away_from_the_slower() throws Exception {
        try (PlayedUpstream a = new PlayedUpstream((request, to) -> to.json(200, "{}"));
                PlayedUpstream b = new PlayedUpstream((request, to) -> to.json(200, "{}"))) {
            ModelRoute route = Objects.requireNonNull(
                    RelayFixture.plan(two(a, b, "openai")).route("chat"));
            List<Deployment> deployments = route.chain().getFirst();
            Upstreams upstreams = new Upstreams();

            // 3 in 4, within five standard errors of 4,000 draws.
            assertThat(timesChosen("a/m", upstreams, deployments)).isBetween(2_863, 3_137);

            long now = System.nanoTime();
            upstreams.health(deployments.getFirst()).answered(now, 20_000_000);
            upstreams.health(deployments.getLast()).answered(now, 1_000_000);
            // The slower one is asked only when both draws fall on it: 9 in 16.
            assertThat(timesChosen("a/m", upstreams, deployments)).isBetween(2_093, 2_407);
        }
    }

    @Test
    void requests_with_the_same_prefix_key_or_session_stay_together() throws Exception {
        try (PlayedUpstream a = new PlayedUpstream((request, to) -> to.json(200, "{}"));
                PlayedUpstream b = new PlayedUpstream((request, to) -> to.json(200, "{}"));
                RelayFixture fixture = new RelayFixture(two(a, b, "openai"))) {
            Set<String> all = new HashSet<>();
            for (int key = 0; key < 20; key++) {
                Set<String> places = new HashSet<>();
                for (int i = 0; i < 4; i++) {
                    Response byKey = fixture.post(CHAT, "{\"model\":\"chat\",\"prompt_cache_key\":\"k" + key + "\"}");
                    Response bySession = fixture.post(CHAT, "{\"model\":\"chat\"}", "X-Rung-Session: k" + key);
                    places.add(byKey.header("x-rung-answered-by"));
                    places.add(bySession.header("x-rung-answered-by"));
                }
                assertThat(places).hasSize(1);
                all.addAll(places);
            }
            assertThat(all).containsExactlyInAnyOrder("a/m", "b/m");
        }
    }

    @Test
    void a_response_is_continued_where_it_is_kept() throws Exception {
        try (PlayedUpstream a = new PlayedUpstream(
                        (request, to) -> to.json(200, "{\"id\":\"resp_a" + request.number() + "\",\"output\":[]}"));
                PlayedUpstream b = new PlayedUpstream((request, to) -> to.stream(
                        "event: response.created\ndata: {\"response\":{\"id\":\"resp_b" + request.number() + "\"}}\n\n",
                        "event: response.completed\ndata: {\"response\":{\"id\":\"resp_b" + request.number()
                                + "\"}}\n\n"));
                RelayFixture fixture = new RelayFixture(two(a, b, "responses"))) {
            // A streamed answer comes from b alone: a answers streams with JSON, which is no stream.
            String streamed = fixture.post("/v1/responses", "{\"model\":\"chat\",\"stream\":true}")
                    .body();
            assertThat(streamed).contains("resp_b");
            String id = streamed.contains("resp_b1") ? "resp_b1" : "resp_b2";
            int before = b.requests().size();
            for (int i = 0; i < 10; i++) {
                fixture.post(
                        "/v1/responses",
                        "{\"model\":\"chat\",\"stream\":true,\"previous_response_id\":\"" + id + "\"}");
            }
            assertThat(b.requests().size() - before).isEqualTo(10);
        }
    }
}
