package dev.rung.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.gateway.RawClient;
import dev.rung.gateway.RawClient.Response;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.policy.Settlement.Use;
import dev.rung.gateway.relay.PlayedUpstream.Connection;
import dev.rung.gateway.relay.PlayedUpstream.Request;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What upstreams do wrong, and what callers and the settlement see of it. */
class FaultTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String ASK = "{\"model\":\"chat\"}";
    private static final String STREAM = "{\"model\":\"chat\",\"stream\":true}";
    private static final String GOOD = "{\"usage\":{\"total_tokens\":1}}";
    private static final String EVENT = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";

    /** Two upstreams: what {@code chat} asks first, and its fallback. */
    private static String withFallback(PlayedUpstream first, PlayedUpstream second) {
        return withFallback(first.url(), second);
    }

    private static String withFallback(String first, PlayedUpstream second) {
        return """
               upstreams:
                 first: { dialect: openai, base_url: %s/v1 }
                 second: { dialect: openai, base_url: %s/v1 }
               models:
                 chat:
                   deployments: [{ upstream: first, model: m }]
                   fallback: spare
                   attempts: 1
                   deadlines: { connect: 500ms, first_token: 400ms, between_chunks: 400ms, total: 20s }
                 spare: { deployments: [{ upstream: second, model: m }] }
               """.formatted(first, second.url());
    }

    /** What an upstream can do to a request before it has begun to answer. */
    enum Fault {
        STATUS_500,
        STATUS_529,
        STALL,
        CUT_BEFORE_THE_HEAD,
        CUT_IN_THE_BODY,
        GARBAGE,
        NOT_HTTP,
        SLOW_LORIS,
        WRONG_TYPE,
        ERROR_INSIDE_200,
        ANNOUNCED_ONLY,
        EMPTY;

        void play(Request request, Connection to, boolean streamed) throws Exception {
            switch (this) {
                case STATUS_500 -> to.json(500, "{\"error\":{\"message\":\"inside\"}}");
                case STATUS_529 -> to.json(529, "{\"error\":{\"message\":\"busy\"}}");
                case STALL -> to.awaitEnd();
                case CUT_BEFORE_THE_HEAD -> to.vanish();
                case CUT_IN_THE_BODY -> {
                    if (streamed) {
                        to.streamHead();
                        to.write("40\r\ndata: {\"choi");
                    } else {
                        to.write(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"usa");
                    }
                    to.vanish();
                }
                case GARBAGE -> {
                    if (streamed) {
                        to.stream("data: }{ garbage\n\n", "data: [DONE]\n\n");
                    } else {
                        to.json(200, "\0\1 no JSON");
                    }
                }
                case NOT_HTTP -> {
                    to.write("220 smtp.example ESMTP\r\n\r\n");
                    to.vanish();
                }
                case SLOW_LORIS -> {
                    to.write("HTTP/1.1 200 OK\r\nX-Slow: ");
                    for (int i = 0; i < 100; i++) {
                        Thread.sleep(50);
                        to.write("a");
                    }
                }
                case WRONG_TYPE -> to.reply(200, "text/html", "<html>captive portal</html>");
                case ERROR_INSIDE_200 -> {
                    String error = "{\"error\":{\"message\":\"overloaded\",\"code\":503}}";
                    if (streamed) {
                        to.stream(": wait\n\n", "data: {\"choices\":[]}\n\n", "data: " + error + "\n\n");
                    } else {
                        to.json(200, error);
                    }
                }
                case ANNOUNCED_ONLY -> {
                    if (streamed) {
                        to.stream(
                                "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},"
                                        + "\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n");
                    } else {
                        to.json(200, " ");
                    }
                }
                case EMPTY -> {
                    if (streamed) {
                        to.stream();
                    } else {
                        to.json(200, "");
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_fault_before_the_first_byte_is_answered_by_the_fallback(Fault fault) throws Exception {
        for (boolean streamed : new boolean[] {false, true}) {
            try (PlayedUpstream first = new PlayedUpstream((request, to) -> fault.play(request, to, streamed));
                    PlayedUpstream second = new PlayedUpstream((request, to) -> {
                        if (streamed) {
                            to.stream(EVENT, "data: [DONE]\n\n");
                        } else {
                            to.json(200, GOOD);
                        }
                    });
                    RelayFixture fixture = new RelayFixture(withFallback(first, second))) {
                long began = System.nanoTime();

                Response response = fixture.post(CHAT, streamed ? STREAM : ASK);

                assertThat(response.status())
                        .as(fault + " streamed " + streamed)
                        .isEqualTo(200);
                assertThat(response.body()).isEqualTo(streamed ? EVENT + "data: [DONE]\n\n" : GOOD);
                assertThat(response.header("x-rung-answered-by")).isEqualTo("second/m");
                assertThat(response.header("x-rung-attempts")).isEqualTo("2");
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
                assertThat(fixture.governor.settled().tried()).containsExactly("first/m", "second/m");
                assertThat(fixture.governor.isQuiet()).isTrue();
            }
        }
    }

    @Test
    void an_upstream_that_nobody_listens_at_is_passed_over() throws Exception {
        try (PlayedUpstream second = new PlayedUpstream((request, to) -> to.json(200, GOOD));
                RelayFixture fixture = new RelayFixture(withFallback("http://127.0.0.1:1", second))) {
            assertThat(fixture.post(CHAT, ASK).body()).isEqualTo(GOOD);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "STATUS_500, 500, inside",
        "STATUS_529, 529, busy",
        "STALL, 504, upstream_timeout",
        "CUT_BEFORE_THE_HEAD, 502, upstream_invalid",
        "GARBAGE, 502, upstream_invalid",
        "ERROR_INSIDE_200, 503, overloaded"
    })
    void without_a_fallback_the_caller_hears_the_upstreams_words_or_the_gateways(Fault fault, int status, String words)
            throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> fault.play(request, to, true));
                RelayFixture fixture = new RelayFixture(withFallback(upstream, upstream))) {
            Response response = fixture.post(CHAT, STREAM);

            assertThat(response.status()).isEqualTo(status);
            assertThat(response.body()).contains(words).startsWith("{\"error\":{");
            assertThat(fixture.governor.released().end()).isEqualTo(Settlement.End.FAILED);
            assertThat(fixture.governor.isQuiet()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    openai    | /v1/chat/completions                                | data: {"choices":[{}]}                                            | data: {"error":{
                    responses | /v1/responses                                       | event: response.output_text.delta/data: {"delta":"a"}            | event: error/data: {"type":"error","code":"upstream_broke_off"
                    anthropic | /v1/messages                                        | event: content_block_delta/data: {"type":"content_block_delta"}  | event: error/data: {"type":"error","error":{"type":"api_error"
                    gemini    | /v1beta/models/chat:streamGenerateContent?alt=sse   | data: {"candidates":[{}]}                                         | data: {"error":{"code":502
                    """)
    void a_stream_that_ends_without_its_last_event_is_an_error_in_the_callers_dialect(
            String dialect, String path, String event, String error) throws Exception {
        String first = event.replace("/", "\n") + "\n\n";
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.stream(first));
                RelayFixture fixture = new RelayFixture(RelayFixture.one(dialect, upstream))) {
            Response response = fixture.post(path, STREAM);

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body())
                    .startsWith(first + error.replace("/", "\n"))
                    .endsWith("}\n\n");
            Settlement settled = fixture.governor.settled();
            assertThat(settled.end()).isEqualTo(Settlement.End.BROKEN_OFF);
            assertThat(settled.error()).isEqualTo("upstream_broke_off");
            assertThat(fixture.log.next().error()).isEqualTo("upstream_broke_off");
        }
    }

    @Test
    void a_response_that_fails_after_it_has_begun_is_no_whole_answer_and_what_it_used_is_settled() throws Exception {
        String delta =
                "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"a\"}\n\n";
        String failed =
                "event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":{\"id\":\"r\",\"status\":\"failed\",\"model\":\"m\","
                        + "\"error\":{\"code\":\"server_error\",\"message\":\"theirs\"},\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}\n\n";
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.stream(delta + failed));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("responses", upstream))) {
            Response response = fixture.post("/v1/responses", STREAM);

            assertThat(response.body()).isEqualTo(delta + failed);
            Settlement settled = fixture.governor.settled();
            assertThat(settled.end()).isEqualTo(Settlement.End.BROKEN_OFF);
            assertThat(settled.error()).isEqualTo("upstream_error");
            assertThat(settled.use())
                    .isInstanceOfSatisfying(
                            Settlement.Use.Reported.class,
                            use -> assertThat(use.usage()).containsExactly("{\"input_tokens\":3,\"output_tokens\":1}"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cut, upstream_broke_off",
        "stall, upstream_stalled",
        "garbage, upstream_invalid",
        "error, upstream_error"
    })
    void a_fault_after_the_first_byte_is_an_error_in_the_stream_and_what_came_is_settled(String fault, String code)
            throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> {
                    to.streamHead();
                    to.chunk(EVENT);
                    switch (fault) {
                        case "cut" -> {
                            to.write("40\r\ndata: {\"cho");
                            to.vanish();
                        }
                        case "stall" -> to.awaitEnd();
                        case "garbage" -> to.chunk("data: {\"usage\"\n\n");
                        default -> to.chunk("data: {\"error\":{\"message\":\"theirs\",\"code\":\"x\"}}\n\n");
                    }
                });
                RelayFixture fixture = new RelayFixture(withFallback(upstream, upstream))) {
            Response response = fixture.post(CHAT, STREAM);

            assertThat(response.body()).startsWith(EVENT + "data: {\"error\":{");
            assertThat(response.body()).contains(code.equals("upstream_error") ? "theirs" : code);
            Settlement settled = fixture.governor.settled();
            assertThat(settled.end()).isEqualTo(Settlement.End.BROKEN_OFF);
            assertThat(settled.use())
                    .isInstanceOfSatisfying(
                            Use.Reported.class, use -> assertThat(use.events()).isEqualTo(1));
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"before the head", "in the body", "in the stream", "between attempts"})
    void a_caller_that_leaves_cuts_the_upstream_off_within_50_ms(String when) throws Exception {
        CompletableFuture<Long> cut = new CompletableFuture<>();
        CompletableFuture<Void> reached = new CompletableFuture<>();
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> {
                    switch (when) {
                        case "before the head" -> {}
                        case "in the body" -> to.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{");
                        case "in the stream" -> {
                            to.streamHead();
                            to.chunk(EVENT + EVENT);
                        }
                        default -> {
                            to.json(500, "{}", "Retry-After-Ms: 1500");
                            reached.complete(null);
                            return;
                        }
                    }
                    reached.complete(null);
                    cut.complete(to.awaitEnd());
                });
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream))) {
            RawClient client = fixture.client();
            client.send(RawClient.post(CHAT, when.equals("in the stream") ? STREAM : ASK));
            reached.get(5, TimeUnit.SECONDS);
            if (when.equals("in the stream")) {
                while (!client.line().isEmpty()) {}
                assertThat(client.chunk()).isEqualTo(EVENT + EVENT);
            }
            Thread.sleep(50);

            long left = System.nanoTime();
            client.vanish();

            if (when.equals("between attempts")) {
                assertThat(fixture.governor.released().end()).isEqualTo(Settlement.End.CALLER_GONE);
                assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(1));
                assertThat(upstream.requests()).hasSize(1);
                return;
            }
            assertThat(Duration.ofNanos(cut.get(5, TimeUnit.SECONDS) - left)).isLessThan(Duration.ofMillis(50));
            Settlement settled = fixture.governor.settled();
            assertThat(settled.end()).isEqualTo(Settlement.End.CALLER_GONE);
            assertThat(settled.use())
                    .isInstanceOfSatisfying(
                            Use.Reported.class,
                            use -> assertThat(use.events()).isEqualTo(when.equals("in the stream") ? 2 : 0));
            assertThat(fixture.governor.isQuiet()).isTrue();
        }
    }

    @Test
    void a_connection_whose_request_took_long_can_be_used_again() throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> {
                    Thread.sleep(request.number() == 3 ? 0 : 60); // long enough for the caller to be watched
                    to.json(200, GOOD);
                });
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream));
                RawClient client = fixture.client()) {
            for (int i = 0; i < 4; i++) {
                Response response = client.send(RawClient.post(CHAT, ASK)).response();
                assertThat(response.body()).isEqualTo(GOOD);
            }
            // The next request sent early, while the caller is being watched.
            client.send(RawClient.post(CHAT, ASK) + RawClient.post(CHAT, ASK));
            assertThat(client.response().body()).isEqualTo(GOOD);
            assertThat(client.response().body()).isEqualTo(GOOD);
        }
    }

    @Test
    void retry_after_is_a_floor_in_each_of_its_forms() throws Exception {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2));
        for (String wish : List.of("Retry-After-Ms: 300", "Retry-After: 1", "Retry-After: " + date)) {
            for (int status : new int[] {429, 503}) {
                try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> {
                            if (request.number() == 1) {
                                to.json(status, "{}", wish);
                            } else {
                                to.json(200, GOOD);
                            }
                        });
                        RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream))) {
                    long began = System.nanoTime();

                    assertThat(fixture.post(CHAT, ASK).status()).as(wish).isEqualTo(200);

                    long floor = wish.contains("Ms") ? 300 : wish.endsWith("1") ? 1_000 : 0;
                    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(floor));
                }
                if (wish.contains(date)) {
                    break; // the moment has passed
                }
            }
        }
    }

    @Test
    void a_wait_that_is_too_long_is_the_callers_to_make() throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) ->
                        to.json(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}", "Retry-After: 60"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream))) {
            Response response = fixture.post(CHAT, ASK);

            assertThat(response.status()).isEqualTo(429);
            assertThat(response.header("retry-after")).isEqualTo("60");
            assertThat(upstream.requests()).hasSize(1);

            Response next = fixture.post(CHAT, ASK);
            assertThat(next.status()).isEqualTo(503);
            assertThat(next.body()).contains("no_deployment_available");
            assertThat(Integer.parseInt(next.header("retry-after"))).isBetween(58, 60);
            assertThat(upstream.requests()).as("left alone").hasSize(1);
        }
    }

    @Test
    void an_upstream_that_says_so_is_not_asked_again() throws Exception {
        try (PlayedUpstream upstream =
                        new PlayedUpstream((request, to) -> to.json(500, "{}", "X-Should-Retry: false"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream))) {
            assertThat(fixture.post(CHAT, ASK).status()).isEqualTo(500);
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403, 429})
    void a_key_that_is_refused_makes_way_for_the_next(int status) throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> {
                    if (request.header("authorization").equals("Bearer sk-one-secret")) {
                        to.json(status, "{\"error\":{\"message\":\"bad key sk-one-secret\"}}");
                    } else {
                        to.json(200, GOOD);
                    }
                });
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream)
                        .replace("key_env: KEY_ONE", "key_env: [KEY_ONE, KEY_TWO]"))) {
            assertThat(fixture.post(CHAT, ASK).status()).isEqualTo(200);
            assertThat(fixture.post(CHAT, ASK).status()).isEqualTo(200);

            assertThat(upstream.requests().stream().map(request -> request.header("authorization")))
                    .containsExactly("Bearer sk-one-secret", "Bearer sk-two-secret", "Bearer sk-two-secret");
        }
    }

    @Test
    void a_gateway_whose_every_key_is_refused_keeps_its_keys_to_itself() throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) ->
                        to.json(401, "{\"error\":{\"message\":\"bad key " + request.header("authorization") + "\"}}"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream))) {
            Response response = fixture.post(CHAT, ASK);

            assertThat(response.status()).isEqualTo(502);
            assertThat(response.body()).contains("upstream_refused_key").doesNotContain("secret");
            assertThat(response.headers().toString()).doesNotContain("secret");
        }
    }

    @Test
    void a_request_that_is_wrong_is_not_asked_again_and_its_error_passes_as_it_is() throws Exception {
        String error = "{ \"error\":{\"message\":\"max_tokens\",\"zz\":1e2}}";
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(400, error));
                RelayFixture fixture = new RelayFixture(withFallback(upstream, upstream))) {
            Response response = fixture.post(CHAT, ASK);

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.body()).isEqualTo(error);
            assertThat(upstream.requests()).hasSize(1);
            assertThat(fixture.governor.released().status()).isEqualTo(400);
        }
    }

    @Test
    void a_deployment_that_keeps_failing_is_left_alone_and_then_tried_once() throws Exception {
        try (PlayedUpstream first = new PlayedUpstream((request, to) -> to.json(500, "{}"));
                PlayedUpstream second = new PlayedUpstream((request, to) -> to.json(200, GOOD));
                RelayFixture fixture = new RelayFixture(withFallback(first, second))) {
            for (int i = 0; i < 12; i++) {
                assertThat(fixture.post(CHAT, ASK).status()).isEqualTo(200);
            }
            assertThat(first.requests()).hasSize(Breaker.FAILURES);

            first.plays((request, to) -> to.json(200, GOOD));
            Thread.sleep(1_100);

            assertThat(fixture.post(CHAT, ASK).header("x-rung-answered-by")).isEqualTo("first/m");
            assertThat(fixture.post(CHAT, ASK).header("x-rung-answered-by")).isEqualTo("first/m");
        }
    }

    @Test
    void the_total_deadline_holds_for_all_attempts_and_for_a_stream_that_trickles() throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> {
                    to.streamHead();
                    for (int i = 0; i < 200; i++) {
                        to.chunk(EVENT);
                        Thread.sleep(20);
                    }
                });
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream, "total: 500ms"))) {
            long began = System.nanoTime();

            Response response = fixture.post(CHAT, STREAM);

            assertThat(response.body()).contains("deadline_exceeded");
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(450), Duration.ofMillis(1_500));
        }
    }

    @Test
    void a_stale_connection_costs_the_caller_nothing() throws IOException {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> {
                    to.json(200, GOOD);
                    to.vanish(); // as servers do with connections that were idle
                });
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream))) {
            for (int i = 0; i < 5; i++) {
                assertThat(fixture.post(CHAT, ASK).status()).isEqualTo(200);
            }
        }
    }
}
