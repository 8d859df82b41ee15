package dev.rung.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.gateway.RawClient;
import dev.rung.gateway.RawClient.Response;
import dev.rung.gateway.TestTasks;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Operation;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.policy.Settlement.Use;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through: bytes as they are, but for what policy must change. */
class PassThroughTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String ANSWER =
            "{ \"id\" : \"c1\",\n \"model\":\"real-model-2026\",\"zz\":[1.50e+3,{\"deep\":null}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2} }";

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions, OPENAI", "/v1/responses, RESPONSES"})
    void an_upstream_that_speaks_two_dialects_is_settled_in_the_one_that_it_was_asked_in(String path, Dialect asked)
            throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(200, ANSWER));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("[openai, responses]", upstream))) {
            assertThat(fixture.post(path, "{\"model\":\"chat\"}").status()).isEqualTo(200);

            assertThat(fixture.governor.settled().target())
                    .satisfies(
                            target -> assertThat(target).extracting("dialect").isEqualTo(asked));
        }
    }

    @Test
    void a_body_reaches_the_upstream_byte_for_byte_but_for_the_models_name_and_so_does_the_answer() throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(
                        200,
                        ANSWER,
                        "Openai-Version: 2020",
                        "Connection: keep-alive, X-Private",
                        "X-Private: 1",
                        "Set-Cookie: a=b"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream))) {
            String sent =
                    "\n{ \"temperature\":1.0E0 , \"unknown\":{\"b\":2,\"a\":[ ]},\"model\" : \"chat\",\"é\":\"\\u00e9 \\\"model\\\"\",\"messages\":[{\"role\":\"user\",\"content\":\"model: chat\"}]}\t";

            Response response = fixture.post(
                    CHAT,
                    sent,
                    "Authorization: Bearer callers-own",
                    "X-Custom: kept",
                    "Cookie: secret",
                    "Connection: keep-alive, X-Hop",
                    "X-Hop: gone",
                    "X-Rung-Session: s");

            assertThat(upstream.only().body())
                    .isEqualTo(sent.replace("\"model\" : \"chat\"", "\"model\" : \"real-model\""));
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(ANSWER);
            assertThat(upstream.only().path()).isEqualTo("/v1/chat/completions");
            assertThat(upstream.only().header("authorization")).isEqualTo("Bearer sk-one-secret");
            assertThat(upstream.only().header("x-custom")).isEqualTo("kept");
            assertThat(upstream.only().header("accept-encoding")).isEqualTo("identity");
            assertThat(upstream.only().headers()).doesNotContainKeys("cookie", "x-hop", "x-rung-session");
            assertThat(response.header("openai-version")).isEqualTo("2020");
            assertThat(response.header("x-rung-answered-by")).isEqualTo("up/real-model");
            assertThat(response.header("x-rung-price-usd")).isEqualTo("0.25");
            assertThat(response.headers()).doesNotContainKeys("x-private", "set-cookie");
            assertThat(fixture.governor.proposal()).satisfies(proposal -> {
                assertThat(proposal.credential()).isEqualTo("callers-own");
                assertThat(proposal.operation()).isEqualTo(Operation.GENERATE);
                assertThat(proposal.targets())
                        .singleElement()
                        .satisfies(target -> assertThat(target.model()).isEqualTo("real-model"));
            });
            Settlement settled = fixture.governor.settled();
            assertThat(settled.end()).isEqualTo(Settlement.End.COMPLETE);
            assertThat(settled.tried()).containsExactly("up/real-model");
            assertThat(settled.use())
                    .isEqualTo(new Use.Reported(
                            "real-model-2026",
                            List.of("{\"prompt_tokens\":7,\"completion_tokens\":2}"),
                            0,
                            ANSWER.length()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"model":"chat","stream":true}                                                 | {"stream_options":{"include_usage":true},"model":"real-model","stream":true}
                    {"stream_options":{},"model":"chat","stream":true}                              | {"stream_options":{"include_usage":true},"model":"real-model","stream":true}
                    {"model":"chat","stream_options":{"include_obfuscation":false},"stream":true}   | {"model":"real-model","stream_options":{"include_usage":true,"include_obfuscation":false},"stream":true}
                    {"model":"chat","stream":true,"stream_options":{"x":1,"include_usage":false}}   | {"model":"real-model","stream":true,"stream_options":{"x":1,"include_usage":true}}
                    {"stream_options":null,"stream":true,"model":"chat"}                            | {"stream_options":{"include_usage":true},"stream":true,"model":"real-model"}
                    """)
    void usage_of_a_stream_is_always_asked_for_and_kept_from_a_caller_who_did_not_ask(String sent, String forwarded)
            throws Exception {
        String content = "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}],\"usage\":null}\n\n";
        String usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3}}\n\n";
        try (PlayedUpstream upstream =
                        new PlayedUpstream((request, to) -> to.stream(content, usage, "data: [DONE]\n\n"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream))) {
            Response response = fixture.post(CHAT, sent);

            assertThat(upstream.only().body()).isEqualTo(forwarded);
            assertThat(response.body()).isEqualTo(content + "data: [DONE]\n\n");
            assertThat(fixture.governor.settled().use()).isInstanceOfSatisfying(Use.Reported.class, use -> {
                assertThat(use.usage()).containsExactly("{\"prompt_tokens\":3}");
                assertThat(use.events()).isEqualTo(1);
            });
        }
    }

    @Test
    void a_stream_passes_byte_for_byte_comments_line_ends_and_unknown_events_included() throws Exception {
        String stream = ": OPENROUTER PROCESSING\r\n\r\ndata: {\"choices\":[],\"prompt_filter_results\":[]}\r\n\r\n"
                + "event: odd\ndata: {\"choices\":[{\"delta\":{\"content\":\"é😀\"},\"obfuscation\":\"x\"}]}\n\n"
                + "id: 7\rdata: {\"choices\":[{\"finish_reason\":\"stop\"}],\rdata: \"multi\":true}\r\r"
                + "data: {\"choices\":[],\"usage\":{\"total_tokens\":1}}\n\ndata: [DONE]\n\n";
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> {
                    to.streamHead();
                    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
                    for (int i = 0; i < bytes.length; i += 3) { // cuts characters, line ends and JSON
                        int length = Math.min(3, bytes.length - i);
                        to.write(length + "\r\n");
                        to.write(java.util.Arrays.copyOfRange(bytes, i, i + length));
                        to.write("\r\n");
                    }
                    to.end();
                });
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream))) {
            Response response = fixture.post(
                    CHAT, "{\"model\":\"chat\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

            assertThat(response.body()).isEqualTo(stream);
            assertThat(response.header("content-type")).isEqualTo("text/event-stream");
        }
    }

    @Test
    void an_event_is_with_the_caller_before_the_upstream_sends_the_next() throws Exception {
        java.util.concurrent.Semaphore read = new java.util.concurrent.Semaphore(0);
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> {
                    to.streamHead();
                    for (int i = 0; i < 20; i++) {
                        to.chunk("data: {\"choices\":[{\"n\":" + i + "}]}\n\n");
                        if (!read.tryAcquire(5, java.util.concurrent.TimeUnit.SECONDS)) {
                            to.vanish();
                        }
                    }
                    to.chunk("data: [DONE]\n\n");
                    to.end();
                });
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream));
                RawClient client = fixture.client()) {
            client.send(RawClient.post(CHAT, "{\"model\":\"chat\",\"stream\":true}"));
            while (!client.line().isEmpty()) {}
            for (int i = 0; i < 20; i++) {
                assertThat(client.chunk()).isEqualTo("data: {\"choices\":[{\"n\":" + i + "}]}\n\n");
                read.release();
            }
            assertThat(client.chunk()).isEqualTo("data: [DONE]\n\n");
            assertThat(client.chunk()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "openai, /v1/embeddings, /v1/embeddings, authorization, Bearer sk-one-secret",
        "responses, /v1/responses, /v1/responses, authorization, Bearer sk-one-secret",
        "responses, /v1/responses/input_tokens, /v1/responses/input_tokens, authorization, Bearer sk-one-secret",
        "anthropic, /v1/messages, /v1/messages, x-api-key, sk-one-secret",
        "anthropic, /v1/messages/count_tokens, /v1/messages/count_tokens, x-api-key, sk-one-secret"
    })
    void each_path_of_a_dialect_goes_to_its_path_with_the_upstreams_key(
            String dialect, String path, String there, String field, String value) throws Exception {
        try (PlayedUpstream upstream =
                        new PlayedUpstream((request, to) -> to.json(200, "{\"usage\":{\"input_tokens\":3}}"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one(dialect, upstream))) {
            Response response = fixture.post(path, "{\"model\":\"chat\",\"x\":1}", "x-api-key: callers");

            assertThat(response.status()).isEqualTo(200);
            assertThat(upstream.only().path()).isEqualTo(there);
            assertThat(upstream.only().body()).isEqualTo("{\"model\":\"real-model\",\"x\":1}");
            assertThat(upstream.only().header(field)).isEqualTo(value);
            assertThat(upstream.only().headers().values()).noneMatch(it -> it.contains("callers"));
            assertThat(fixture.governor.proposal().credential()).isEqualTo("callers");
        }
    }

    @ParameterizedTest
    @CsvSource({"generateContent, GENERATE", "countTokens, COUNT_TOKENS", "embedContent, EMBED"})
    void geminis_model_is_in_the_path_and_its_key_may_be_in_the_query(String method, Operation operation)
            throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) ->
                        to.json(200, "{\"usageMetadata\":{\"promptTokenCount\":3},\"modelVersion\":\"m-1\"}"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("gemini", upstream))) {
            Response response = fixture.post(
                    "/v1beta/models/chat:" + method + "?key=callers", "{\"model\":\"models/chat\",\"contents\":[]}");

            assertThat(response.status()).isEqualTo(200);
            assertThat(upstream.only().path()).isEqualTo("/v1/models/real-model:" + method);
            assertThat(upstream.only().body()).isEqualTo("{\"model\":\"models/real-model\",\"contents\":[]}");
            assertThat(upstream.only().header("x-goog-api-key")).isEqualTo("sk-one-secret");
            assertThat(fixture.governor.proposal()).satisfies(proposal -> {
                assertThat(proposal.credential()).isEqualTo("callers");
                assertThat(proposal.dialect()).isEqualTo(Dialect.GEMINI);
                assertThat(proposal.operation()).isEqualTo(operation);
            });
            assertThat(fixture.governor.settled().use())
                    .isInstanceOfSatisfying(
                            Use.Reported.class,
                            use -> assertThat(use.usage()).containsExactly("{\"promptTokenCount\":3}"));
        }
    }

    @Test
    void the_streams_of_every_dialect_pass_and_tell_their_usage() throws Exception {
        String anthropic = """
                event: message_start
                data: {"type":"message_start","message":{"model":"c-1","usage":{"input_tokens":9}}}

                event: ping
                data: {"type": "ping"}

                event: content_block_delta
                data: {"type":"content_block_delta"}

                event: message_delta
                data: {"usage":{"output_tokens":4}}

                event: message_stop
                data: {"type":"message_stop"}

                """;
        streams("anthropic", "/v1/messages", anthropic, "c-1", "{\"input_tokens\":9}", "{\"output_tokens\":4}");
        String responses = """
                event: response.created
                data: {"type":"response.created","response":{"id":"r1","model":"o-1"}}

                event: response.output_text.delta
                data: {"delta":"a"}

                event: response.completed
                data: {"response":{"id":"r1","usage":{"output_tokens":1}}}

                """;
        streams("responses", "/v1/responses", responses, "o-1", "{\"output_tokens\":1}");
        String gemini = """
                data: {"candidates":[{}],"usageMetadata":{"promptTokenCount":2},"modelVersion":"g-1"}

                data: {"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"candidatesTokenCount":5}}

                """.replace("\n", "\r\n");
        streams(
                "gemini",
                "/v1beta/models/chat:streamGenerateContent?alt=sse",
                gemini,
                "g-1",
                "{\"candidatesTokenCount\":5}");
    }

    private static void streams(String dialect, String path, String stream, String model, String... usage)
            throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.stream(stream));
                RelayFixture fixture = new RelayFixture(RelayFixture.one(dialect, upstream))) {
            Response response = fixture.post(path, "{\"model\":\"chat\",\"stream\":true}");

            assertThat(response.body()).as(dialect).isEqualTo(stream);
            Settlement settled = fixture.governor.settled();
            assertThat(settled.end()).isEqualTo(Settlement.End.COMPLETE);
            assertThat(settled.use()).isInstanceOfSatisfying(Use.Reported.class, use -> {
                assertThat(use.model()).isEqualTo(model);
                assertThat(use.usage()).containsExactly(usage);
            });
        }
    }

    @Test
    void gzip_is_asked_for_only_where_the_caller_takes_it_and_its_usage_is_read_all_the_same() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write("{\"usage\":{\"total_tokens\":5}}".getBytes(StandardCharsets.UTF_8));
        }
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) ->
                        to.reply(200, "application/json", zipped.toByteArray(), "Content-Encoding: gzip"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream))) {
            Response response = fixture.post(CHAT, "{\"model\":\"chat\"}", "Accept-Encoding: br, gzip");

            assertThat(upstream.only().header("accept-encoding")).isEqualTo("gzip");
            assertThat(response.header("content-encoding")).isEqualTo("gzip");
            assertThat(response.header("content-length")).isEqualTo("" + zipped.size());
            assertThat(fixture.governor.settled().use())
                    .isInstanceOfSatisfying(
                            Use.Reported.class, use -> assertThat(use.usage()).containsExactly("{\"total_tokens\":5}"));
        }
    }

    @Test
    void an_answer_that_swells_when_it_is_decompressed_is_refused() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            byte[] spaces = new byte[1 << 20];
            java.util.Arrays.fill(spaces, (byte) ' ');
            for (int i = 0; i < 65; i++) {
                out.write(spaces);
            }
        }
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) ->
                        to.reply(200, "application/json", zipped.toByteArray(), "Content-Encoding: gzip"));
                RelayFixture fixture = new RelayFixture(
                        RelayFixture.one("openai", upstream).replace("deployments", "attempts: 1\n    deployments"))) {
            Response response = fixture.post(CHAT, "{\"model\":\"chat\"}", "Accept-Encoding: gzip");

            assertThat(response.status()).isEqualTo(502);
            assertThat(response.body()).contains("upstream_invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"chat\",\"model\":\"other\"}",
                "{\"model\":\"chat\",\"mod\\u0065l\":\"other\"}",
                "{\"model\":\"chat\",\"stream\":true,\"stream\":false}",
                "{\"model\":\"chat\",\"stream_options\":{\"include_usage\":true,\"include_usage\":false}}"
            })
    void a_member_that_policy_looks_at_may_be_there_only_once(String body) throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(200, "{}"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream))) {
            Response response = fixture.post(CHAT, body);

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.body()).contains("duplicate_parameter");
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void a_task_of_the_same_name_answers_by_its_release_once_one_is_promoted() throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(200, ANSWER));
                RelayFixture fixture =
                        new RelayFixture(RelayFixture.one("openai", upstream).replace("chat:", "echo:"))) {
            String question = "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
            assertThat(fixture.post(CHAT, question).header("x-rung-answered-by"))
                    .isEqualTo("up/real-model");

            fixture.releases.promote(TestTasks.echo());

            Response response = fixture.post(CHAT, question);
            assertThat(response.header("x-rung-release")).isEqualTo("echo-7");
            assertThat(response.body()).contains("hello");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    openai    | /v1/chat/completions                | "code":"model_not_found"
                    anthropic | /v1/messages                        | {"type":"error","error":{"type":"not_found_error"
                    gemini    | /v1beta/models/none:generateContent | "status":"NOT_FOUND"
                    """)
    void a_model_that_is_not_there_is_a_404_in_the_callers_dialect(String dialect, String path, String shape)
            throws IOException {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(200, "{}"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one(dialect, upstream))) {
            Response response = fixture.post(path, "{\"model\":\"none\"}");

            assertThat(response.status()).isEqualTo(404);
            assertThat(response.body()).contains(shape);
        }
    }

    @Test
    void relayed_models_are_listed_beside_tasks() throws IOException {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(200, "{}"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream));
                RawClient client = fixture.client()) {
            fixture.releases.promote(TestTasks.echo());

            assertThat(client.send(RawClient.get("/v1/models")).response().body())
                    .contains("\"id\":\"echo\"")
                    .contains("\"id\":\"chat\"");
        }
    }

    @Test
    void names_that_gemini_repeats_inside_of_a_body_become_the_upstreams() throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(200, "{\"totalTokens\":1}"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("gemini", upstream))) {
            String batch =
                    "{ \"requests\":[{\"model\":\"models/%1$s\", \"content\":{}},{\"x\":1.0,\"model\":\"models/%1$s\"}, 3]}";
            fixture.post("/v1beta/models/chat:batchEmbedContents", batch.formatted("chat"));
            assertThat(upstream.requests().getLast().body()).isEqualTo(batch.formatted("real-model"));

            String count = "{\"generateContentRequest\":{\"contents\":[],\"model\":\"models/%s\"},\"model\":\"%s\"}";
            fixture.post("/v1beta/models/chat:countTokens", count.formatted("chat", "other"));
            assertThat(upstream.requests().getLast().body()).isEqualTo(count.formatted("real-model", "other"));
        }
    }
}
