package dev.rung.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.model.ChatPrompt;
import dev.rung.core.model.Message;
import dev.rung.core.model.Residency;
import dev.rung.core.model.Sampling;
import dev.rung.gateway.RawClient;
import dev.rung.gateway.policy.Proposal;
import dev.rung.gateway.policy.Settlement;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model in this process as an upstream: asked in every dialect, governed, in a line, and cut off when its caller leaves. */
class LocalModelTest {
    private static final String YAML = """
            models:
              own:
                deployments: [{ upstream: local, model: small }]
                attempts: 1
              vectors:
                deployments: [{ upstream: local, model: encoder }]
            limits: { local_queue: 1 }
            """;
    private static final String ASK = """
            {"model":"own","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Say hello"}]%s}""";

    private final PlayedModels models = new PlayedModels();
    private final RelayFixture fixture = new RelayFixture(YAML, models);

    @AfterEach
    void close() {
        models.words.release(100);
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/chat/completions | {'model':'own','messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'Say hello'}]}"
                        + "| /choices/0/message/content | /choices/0/finish_reason | stop | /usage/prompt_tokens | /usage/completion_tokens",
                "/v1/responses | {'model':'own','instructions':'Be brief.','input':'Say hello'}"
                        + "| /output/0/content/0/text | /status | completed | /usage/input_tokens | /usage/output_tokens",
                "/v1/messages | {'model':'own','max_tokens':50,'system':'Be brief.','messages':[{'role':'user','content':'Say hello'}]}"
                        + "| /content/0/text | /stop_reason | end_turn | | /usage/output_tokens",
                "/v1beta/models/own:generateContent | {'systemInstruction':{'parts':[{'text':'Be brief.'}]},'contents':[{'role':'user','parts':[{'text':'Say hello'}]}]}"
                        + "| /candidates/0/content/parts/0/text | /candidates/0/finishReason | STOP | /usageMetadata/promptTokenCount | /usageMetadata/candidatesTokenCount"
            })
    void it_answers_in_every_dialect_and_says_what_was_used(
            String path, String body, String text, String stop, String word, String input, String output)
            throws Exception {
        RawClient.Response response = fixture.post(path, body.replace('\'', '"'));
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        Json reply = JsonText.parse(response.body());
        assertThat(at(reply, text)).isEqualTo(Json.of("Hello brave world"));
        assertThat(at(reply, stop)).isEqualTo(Json.of(word));
        if (input != null) {
            assertThat(at(reply, input)).isEqualTo(Json.of(4));
        }
        assertThat(at(reply, output)).isEqualTo(Json.of(3));
        assertThat(response.headers()).containsEntry("x-rung-answered-by", "local/small");
        assertThat(models.asked.take().messages())
                .containsExactly(Message.system("Be brief."), Message.user("Say hello"));
    }

    @Test
    void it_is_governed_as_any_upstream_and_costs_the_time_that_it_took() throws Exception {
        assertThat(fixture.post("/v1/chat/completions", ASK.formatted("")).status())
                .isEqualTo(200);
        Proposal proposal = fixture.governor.proposal();
        assertThat(proposal.targets()).singleElement().satisfies(target -> {
            assertThat(target.place()).isEqualTo(Residency.LOCAL);
            assertThat(target.isLocalModel()).isTrue();
        });
        Settlement settled = fixture.governor.settled();
        assertThat(settled.use()).isInstanceOfSatisfying(Settlement.Use.Priced.class, used -> {
            assertThat(used.usage().inputTokens()).isEqualTo(4);
            assertThat(used.usage().cachedInputTokens()).isEqualTo(1);
            assertThat(used.usage().outputTokens()).isEqualTo(3);
            // ten seconds at $0.36 an hour
            assertThat(used.price())
                    .isInstanceOfSatisfying(
                            Price.Known.class,
                            price -> assertThat(price.amount().compareTo(new Usd(new BigDecimal("0.001"))))
                                    .isZero());
        });
    }

    @Test
    void sampling_limits_stops_and_schemas_reach_the_model() throws Exception {
        fixture.post("/v1/chat/completions", ASK.formatted("""
                        ,"temperature":0.7,"top_p":0.9,"seed":11,"max_tokens":2,"stop":["world"],
                        "response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object","properties":{"a":{"type":"string"}}}}}"""));
        ChatPrompt asked = models.asked.take();
        assertThat(asked.sampling()).isEqualTo(new Sampling(0.7, 0.9, 0, 11));
        assertThat(asked.maxTokens()).isEqualTo(2);
        assertThat(asked.stops()).containsExactly("world");
        assertThat(asked.form())
                .isInstanceOfSatisfying(
                        ChatPrompt.Form.Satisfies.class,
                        form -> assertThat(form.schema().get("type")).isEqualTo(Json.of("object")));
    }

    @Test
    void a_stop_sequence_and_a_limit_are_told_as_the_dialect_has_it() throws Exception {
        Json stopped = JsonText.parse(fixture.post("/v1/messages", """
                {"model":"own","max_tokens":9,"stop_sequences":["brave"],"messages":[{"role":"user","content":"Say hello"}]}""").body());
        assertThat(at(stopped, "/stop_reason")).isEqualTo(Json.of("stop_sequence"));
        assertThat(at(stopped, "/stop_sequence")).isEqualTo(Json.of("brave"));
        Json cut = JsonText.parse(fixture.post("/v1/messages", """
                {"model":"own","max_tokens":2,"messages":[{"role":"user","content":"Say hello"}]}""").body());
        assertThat(at(cut, "/stop_reason")).isEqualTo(Json.of("max_tokens"));
        assertThat(at(cut, "/content/0/text")).isEqualTo(Json.of("Hello brave"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ",'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}] | tools[0]",
                ",'logprobs':true | logprobs",
                ",'n':2 | n",
                ",'logit_bias':{'5':1} | logit_bias",
                ",'temperature':3 | temperature",
                ",'top_p':0 | top_p",
                ",'something':1 | something",
                ",'response_format':{'type':'json_schema','json_schema':{'name':'x','schema':{'type':'string','pattern':'(a+)+$'}}} | response_format",
            })
    void what_it_cannot_do_is_refused_by_name(String more, String field) throws Exception {
        RawClient.Response response = fixture.post("/v1/chat/completions", ASK.formatted(more.replace('\'', '"')));
        assertThat(response.status()).as(response.body()).isEqualTo(400);
        Json param = at(JsonText.parse(response.body()), "/error/param");
        assertThat(param)
                .as(response.body())
                .isInstanceOfSatisfying(
                        Json.Str.class, name -> assertThat(name.value()).startsWith(field));
        assertThat(models.asked).isEmpty();
    }

    @Test
    void with_consent_it_is_left_out_and_named() throws Exception {
        RawClient.Response response = fixture.post(
                "/v1/chat/completions", ASK.formatted(",\"logprobs\":true"), "x-rung-allow-drop: logprobs");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("x-rung-dropped", "logprobs");
    }

    @Test
    void a_prompt_that_is_too_long_is_the_callers_to_shorten() throws Exception {
        RawClient.Response response = fixture.post("/v1/chat/completions", """
                {"model":"own","messages":[{"role":"user","content":"%s"}]}""".formatted("so ".repeat(30)));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("context_length_exceeded").contains("\"messages\"");
    }

    @Test
    void each_piece_is_sent_when_it_is_there_and_the_stream_is_legal() throws Exception {
        models.words.drainPermits();
        try (RawClient client = fixture.client()) {
            client.send(RawClient.post(
                    "/v1/chat/completions",
                    ASK.formatted(",\"stream\":true,\"stream_options\":{\"include_usage\":true}")));
            models.asked.take();
            models.words.release();
            while (!client.line().isEmpty()) {
                // the head
            }
            StringBuilder all = new StringBuilder();
            while (!all.toString().contains("Hello")) {
                all.append(client.chunk());
            }
            assertThat(all).doesNotContain("brave");
            models.words.release(2);
            for (String chunk = client.chunk(); !chunk.isEmpty(); chunk = client.chunk()) {
                all.append(chunk);
            }
            assertThat(all.toString())
                    .contains("brave")
                    .contains("\"finish_reason\":\"stop\"")
                    .contains("\"prompt_tokens\":4")
                    .endsWith("data: [DONE]\n\n");
        }
        assertThat(fixture.governor.settled().end()).isEqualTo(Settlement.End.COMPLETE);
    }

    @Test
    void anthropic_and_gemini_streams_end_as_theirs_do() throws Exception {
        String anthropic = fixture.post("/v1/messages", """
                {"model":"own","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"Say hello"}]}""").body();
        assertThat(anthropic)
                .contains("event: message_start")
                .contains("text_delta")
                .endsWith("data: {\"type\":\"message_stop\"}\n\n");
        String gemini = fixture.post("/v1beta/models/own:streamGenerateContent?alt=sse", """
                {"contents":[{"role":"user","parts":[{"text":"Say hello"}]}]}""")
                .body();
        assertThat(gemini).contains("\"finishReason\":\"STOP\"").contains("\"promptTokenCount\":2");
    }

    @Test
    void a_caller_who_leaves_stops_the_model_at_the_word_where_it_is() throws Exception {
        models.words.drainPermits();
        try (RawClient client = fixture.client()) {
            client.send(RawClient.post("/v1/chat/completions", ASK.formatted(",\"stream\":true")));
            models.asked.take();
            models.words.release();
            while (!client.line().isEmpty()) {
                // the head
            }
            while (!client.chunk().contains("Hello")) {
                // the beginning
            }
        }
        assertThat(models.interruptedAfter.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
        Settlement settled = fixture.governor.settled();
        assertThat(settled.end()).isEqualTo(Settlement.End.CALLER_GONE);
        assertThat(settled.use())
                .isInstanceOfSatisfying(
                        Settlement.Use.Reported.class,
                        used -> assertThat(used.events()).isEqualTo(1));
    }

    @Test
    void one_is_answered_one_waits_and_the_next_is_told_to_come_back() throws Exception {
        fixture.local.queue(1);
        models.words.drainPermits();
        try (RawClient first = fixture.client();
                RawClient second = fixture.client()) {
            first.send(RawClient.post("/v1/chat/completions", ASK.formatted("")));
            models.asked.take();
            second.send(RawClient.post("/v1/chat/completions", ASK.formatted("")));
            awaitLine(2);
            RawClient.Response third = fixture.post("/v1/chat/completions", ASK.formatted(""));
            assertThat(third.status()).isEqualTo(503);
            assertThat(third.headers()).containsKey("retry-after");
            assertThat(third.body()).contains("overloaded");
            models.words.release(6);
            assertThat(first.response().status()).isEqualTo(200);
            assertThat(second.response().status()).isEqualTo(200);
        }
    }

    private void awaitLine(long length) throws InterruptedException {
        while (!Json.of(length).equals(fixture.local.lines().get(PlayedModels.CHAT))) {
            Thread.sleep(5);
        }
    }

    @Test
    void a_chain_of_fallbacks_can_end_in_it() throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) ->
                to.json(500, "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"down\"}}"))) {
            try (RelayFixture chain = new RelayFixture("""
                    upstreams:
                      up: { dialect: anthropic, base_url: %s/v1, key_env: KEY_ONE }
                    models:
                      chat: { deployments: [{ upstream: up, model: far }], fallback: [near], attempts: 1 }
                      near: { deployments: [{ upstream: local, model: small }], attempts: 1 }
                    """.formatted(upstream.url()), models)) {
                String ask = ASK.replace("own", "chat");
                RawClient.Response response = chain.post("/v1/chat/completions", ask.formatted(""));
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.headers()).containsEntry("x-rung-answered-by", "local/small");
                // What the last link cannot do is not what went wrong.
                RawClient.Response tools = chain.post(
                        "/v1/chat/completions",
                        ask.formatted(
                                ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}]"));
                assertThat(tools.status()).isEqualTo(500);
            }
        }
    }

    @Test
    void vectors_come_in_the_shapes_of_openai_and_gemini() throws Exception {
        Json openai = JsonText.parse(fixture.post("/v1/embeddings", """
                {"model":"vectors","input":["ab","a b c"]}""").body());
        assertThat(at(openai, "/data/1/embedding/0")).isEqualTo(Json.of(new BigDecimal("5.0")));
        assertThat(at(openai, "/data/1/embedding/1")).isEqualTo(Json.of(new BigDecimal("0.1")));
        assertThat(at(openai, "/usage/prompt_tokens")).isEqualTo(Json.of(4));
        Json gemini = JsonText.parse(
                fixture.post("/v1beta/models/vectors:embedContent", """
                {"content":{"parts":[{"text":"abcd"}]}}""").body());
        assertThat(at(gemini, "/embedding/values/0")).isEqualTo(Json.of(new BigDecimal("4.0")));
        Json batch = JsonText.parse(
                fixture.post("/v1beta/models/vectors:batchEmbedContents", """
                {"requests":[{"model":"models/vectors","content":{"parts":[{"text":"abc"}]}}]}""").body());
        assertThat(at(batch, "/embeddings/0/values/0")).isEqualTo(Json.of(new BigDecimal("3.0")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'model':'vectors','input':'a','dimensions':5} | dimensions",
                "{'model':'vectors','input':[1,2]} | input",
                "{'model':'own','input':'a'} | model",
                "{'model':'vectors','input':['a','x x x x x x x x x x x x x x x x x x x x x']} | input[1]"
            })
    void a_request_for_vectors_that_cannot_be_met_names_the_field(String body, String field) throws Exception {
        RawClient.Response response = fixture.post("/v1/embeddings", body.replace('\'', '"'));
        assertThat(response.status()).as(response.body()).isEqualTo(400);
        assertThat(at(JsonText.parse(response.body()), "/error/param")).isEqualTo(Json.of(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/messages/count_tokens | {'model':'own','messages':[{'role':'user','content':'one two three'}]} | /input_tokens",
                "/v1/responses/input_tokens | {'model':'own','input':'one two three'} | /input_tokens",
                "/v1beta/models/own:countTokens | {'contents':[{'role':'user','parts':[{'text':'one two three'}]}]} | /totalTokens"
            })
    void tokens_are_counted_as_the_model_reads_them(String path, String body, String pointer) throws Exception {
        assertThat(at(JsonText.parse(fixture.post(path, body.replace('\'', '"')).body()), pointer))
                .isEqualTo(Json.of(3));
    }

    static Json at(Json json, String pointer) throws IOException {
        Json at = json;
        for (String step : List.of(pointer.substring(1).split("/"))) {
            at = switch (at) {
                case Json.Obj object -> object.get(step);
                case Json.Arr(List<Json> items) -> items.get(Integer.parseInt(step));
                case null, default -> throw new IOException("nothing at " + pointer + " of " + json.compact());
            };
        }
        if (at == null) {
            throw new IOException("nothing at " + pointer + " of " + json.compact());
        }
        return at;
    }
}
