package dev.rung.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.core.task.Output;
import dev.rung.gateway.RawClient.Response;
import dev.rung.gateway.TestTasks;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.policy.Settlement.Use;
import dev.rung.json.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callers and upstreams that speak different dialects, and tasks asked in any. */
class TranslationTest {
    private static final String MESSAGE = """
            {"id":"msg_1","type":"message","role":"assistant","model":"claude-1","content":[{"type":"text","text":"Bonjour"}],\
            "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":2}}""";
    private static final String ASK = "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    private static Json.Obj object(String json) {
        return (Json.Obj) JsonText.parse(json);
    }

    @Test
    void a_chat_completion_is_answered_by_an_anthropic_upstream() throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(200, MESSAGE));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("anthropic", upstream))) {
            Response response = fixture.post("/v1/chat/completions", ASK, "OpenAI-Beta: x", "Accept-Encoding: gzip");

            assertThat(upstream.only().path()).isEqualTo("/v1/messages");
            assertThat(upstream.only().header("x-api-key")).isEqualTo("sk-one-secret");
            assertThat(upstream.only().header("anthropic-version")).isEqualTo("2023-06-01");
            assertThat(upstream.only().header("accept-encoding")).isEqualTo("identity");
            assertThat(upstream.only().headers()).doesNotContainKey("openai-beta");
            Json.Obj sent = object(upstream.only().body());
            assertThat(sent.string("model")).isEqualTo("real-model");
            assertThat(sent.get("max_tokens")).isInstanceOf(Json.Num.class);
            assertThat(response.status()).isEqualTo(200);
            Json.Obj answer = object(response.body());
            assertThat(answer.string("object")).isEqualTo("chat.completion");
            assertThat(response.body()).contains("Bonjour").contains("\"finish_reason\":\"stop\"");
            assertThat(answer.object("usage").number("prompt_tokens").intValue())
                    .isEqualTo(9);
            assertThat(response.header("x-rung-answered-by")).isEqualTo("up/real-model");
            Settlement settled = fixture.governor.settled();
            assertThat(settled.use())
                    .isInstanceOfSatisfying(
                            Use.Reported.class,
                            use -> assertThat(use.usage()).containsExactly("{\"input_tokens\":9,\"output_tokens\":2}"));
        }
    }

    @Test
    void a_stream_of_chat_chunks_becomes_message_events_and_its_usage_is_settled() throws Exception {
        String chunk =
                "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{%s},\"finish_reason\":%s}]}\n\n";
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.stream(
                        chunk.formatted("\"role\":\"assistant\",\"content\":\"Hel\"", "null"),
                        chunk.formatted("\"content\":\"lo\"", "null"),
                        chunk.formatted("", "\"stop\""),
                        "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":2}}\n\n",
                        "data: [DONE]\n\n"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream))) {
            Response response = fixture.post(
                    "/v1/messages",
                    "{\"model\":\"chat\",\"max_tokens\":50,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

            assertThat(upstream.only().path()).isEqualTo("/v1/chat/completions");
            assertThat(object(upstream.only().body()).object("stream_options").get("include_usage"))
                    .isEqualTo(Json.of(true));
            assertThat(response.body().lines().filter(line -> line.startsWith("event: ")))
                    .containsExactly(
                            "event: message_start",
                            "event: content_block_start",
                            "event: content_block_delta",
                            "event: content_block_delta",
                            "event: content_block_stop",
                            "event: message_delta",
                            "event: message_stop");
            assertThat(response.body()).contains("\"Hel\"").contains("\"output_tokens\":2");
            Settlement settled = fixture.governor.settled();
            assertThat(settled.end()).isEqualTo(Settlement.End.COMPLETE);
            assertThat(settled.use())
                    .isInstanceOfSatisfying(
                            Use.Reported.class,
                            use -> assertThat(use.usage())
                                    .containsExactly("{\"prompt_tokens\":4,\"completion_tokens\":2}"));
        }
    }

    @Test
    void an_error_of_the_upstream_is_told_in_the_callers_dialect() throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream(
                        (request, to) -> to.json(
                                400,
                                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"too long\"}}"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("anthropic", upstream))) {
            Response response = fixture.post("/v1/chat/completions", ASK);

            assertThat(response.status()).isEqualTo(400);
            assertThat(object(response.body()).object("error").string("message"))
                    .contains("too long");
        }
    }

    @Test
    void a_stream_that_breaks_off_behind_a_translation_is_an_error_in_the_callers_dialect() throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.stream("""
                        event: message_start
                        data: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"c","content":[],"stop_reason":null,"usage":{"input_tokens":3,"output_tokens":1}}}

                        event: content_block_start
                        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                        event: content_block_delta
                        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"par"}}

                        """));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("anthropic", upstream))) {
            Response response =
                    fixture.post("/v1/chat/completions", ASK.replace("\"chat\"", "\"chat\",\"stream\":true"));

            assertThat(response.body())
                    .contains("\"par\"")
                    .contains("data: {\"error\":{")
                    .doesNotContain("[DONE]");
            assertThat(fixture.governor.settled().end()).isEqualTo(Settlement.End.BROKEN_OFF);
        }
    }

    @Test
    void what_the_upstream_cannot_express_is_refused_by_name_or_left_out_with_consent() throws Exception {
        String body = ASK.replace("\"chat\"", "\"chat\",\"logit_bias\":{\"50256\":-100}");
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(200, MESSAGE));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("anthropic", upstream))) {
            Response refused = fixture.post("/v1/chat/completions", body);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).contains("untranslatable").contains("logit_bias");
            assertThat(upstream.requests()).isEmpty();

            Response allowed = fixture.post("/v1/chat/completions", body, "X-Rung-Allow-Drop: logit_bias");
            assertThat(allowed.status()).isEqualTo(200);
            assertThat(allowed.header("x-rung-dropped")).contains("logit_bias");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions | {'model':'sorting','messages':[{'role':'user','content':'?'}]}",
                "/v1/chat/completions | {'model':'sorting','messages':[{'role':'user','content':'?'}],'stream':true}",
                "/v1/messages | {'model':'sorting','max_tokens':9,'messages':[{'role':'user','content':'?'}]}",
                "/v1/messages | {'model':'sorting','max_tokens':9,'messages':[{'role':'user','content':'?'}],'stream':true}",
                "/v1beta/models/sorting:generateContent | {'contents':[{'role':'user','parts':[{'text':'?'}]}]}",
            })
    void silence_reads_as_the_tasks_words_and_a_header_says_what_it_is(String path, String ask) throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(200, "{}"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream))) {
            fixture.releases.promote(TestTasks.served(
                    "sorting",
                    1,
                    TestTasks.labels(),
                    TestTasks.answering(input ->
                            input.equals("?") ? new Output.Abstention("ask a person") : new Output.Label("billing"))));
            Response silent = fixture.post(path, ask.replace('\'', '"'));
            assertThat(silent.status()).isEqualTo(200);
            assertThat(silent.body()).contains("ask a person");
            assertThat(silent.header("x-rung-abstained")).isEqualTo("true");
            assertThat(silent.header("x-rung-confidence")).isEqualTo("0.970000");
            Response answered = fixture.post(path, ask.replace('\'', '"').replace("\"?\"", "\"an invoice\""));
            assertThat(answered.body()).contains("billing");
            assertThat(answered.headers()).doesNotContainKey("x-rung-abstained");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/messages | {'model':'echo','max_tokens':'nine','messages':[{'role':'user','content':'?'}]} | max_tokens",
                "/v1/messages | {'model':'echo','max_tokens':9,'stop_sequences':['.'],'messages':[{'role':'user','content':'?'}]} | stop_sequences",
                "/v1/messages | {'model':'echo','max_tokens':9,'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'},{'role':'user','content':'?'}]} | messages[0]",
                "/v1/messages | {'model':'echo','max_tokens':9,'system':'s','messages':[{'role':'user','content':[{'type':'text','text':'?'},{'type':'image','source':{'type':'url','url':'http://a/b.png'}}]}]} | messages[0].content[1]",
                "/v1/messages | {'model':'words','max_tokens':9,'messages':[{'role':'user','content':'?'}],'output_config':{'format':{'type':'json_schema','schema':{'type':'object','required':['other']}}}} | output_config.format",
                "/v1beta/models/echo:generateContent | {'contents':[{'parts':[{'text':'?'}]}],'generationConfig':{'maxOutputTokens':'many'}} | generationConfig.maxOutputTokens",
                "/v1beta/models/echo:generateContent | {'contents':[{'parts':[{'text':'?'}]}],'generationConfig':{'candidateCount':2}} | generationConfig.candidateCount",
                "/v1beta/models/echo:generateContent | {'contents':[{'role':'user','parts':[{'text':'a'}]},{'role':'model','parts':[{'text':'b'}]},{'role':'user','parts':[{'text':'?'}]}]} | contents[0]",
                "/v1beta/models/echo:generateContent | {'contents':[{'parts':[{'text':'?'},{'inlineData':{'mimeType':'image/png','data':'AAAA'}}]}]} | contents[0].parts[1]",
                "/v1beta/models/echo:generateContent | {'contents':[{'parts':[{'text':' '}]}]} | contents[0].parts[0]",
                "/v1beta/models/words:generateContent | {'contents':[{'parts':[{'text':'?'}]}],'generationConfig':{'responseMimeType':'application/json','responseJsonSchema':{'type':'object','required':['other']}}} | generationConfig.responseJsonSchema",
                "/v1/responses | {'model':'echo','input':'?','max_output_tokens':'many'} | max_output_tokens",
                "/v1/responses | {'model':'echo','input':[{'role':'user','content':'a'},{'role':'assistant','content':'b'},{'role':'user','content':'?'}]} | input[0]",
                "/v1/responses | {'model':'words','input':'?','text':{'format':{'type':'json_schema','name':'n','schema':{'type':'object','required':['other']}}}} | text.format",
                "/v1/responses | {'model':'words','input':'?','text':{'format':{'type':'json_schema','name':'n','schema':{'type':'object','properties':{'words':{'type':'integer','minimum':5}},'required':['words']}}}} | text.format",
                "/v1/responses | {'model':'echo','input':'?','tools':[{'type':'function','name':'f','parameters':{'type':'object'}}]} | tools",
            })
    void what_a_task_refuses_has_the_name_that_the_caller_gave_it(String path, String ask, String field)
            throws Exception {
        try (RelayFixture fixture = new RelayFixture("upstreams: {}\nmodels: {}\n")) {
            fixture.releases.promote(TestTasks.echo());
            fixture.releases.promote(TestTasks.served(
                    "words",
                    1,
                    TestTasks.counting().task().output(),
                    TestTasks.answering(input -> new Output.Fields(Json.object("words", Json.of(1))))));
            Response response = fixture.post(path, ask.replace('\'', '"'));
            assertThat(response.status()).as(response.body()).isIn(400, 422);
            Json.Obj error = object(response.body()).object("error");
            if (path.equals("/v1/responses")) {
                assertThat(error.string("param")).isEqualTo(field);
            } else {
                assertThat(error.string("message")).startsWith(field + ": ");
            }
            assertThat(response.body()).doesNotContain("response_format.").doesNotContain("max_completion_tokens");
        }
    }

    /** Consent, and what was done without, are told in the caller's words too. */
    @Test
    void what_a_task_leaves_aside_has_the_name_that_the_caller_gave_it() throws Exception {
        String ask = """
                {"systemInstruction":{"parts":[{"text":"Be brief."}]},"contents":[{"parts":[{"text":"hi"}]}],
                "generationConfig":{"maxOutputTokens":9,"temperature":0.5,"stopSequences":["."]}}""";
        try (RelayFixture fixture = new RelayFixture("upstreams: {}\nmodels: {}\n")) {
            fixture.releases.promote(TestTasks.echo());
            Response refused = fixture.post("/v1beta/models/echo:generateContent", ask);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).contains("x-rung-allow-drop: generationConfig.stopSequences");
            Response allowed = fixture.post(
                    "/v1beta/models/echo:generateContent", ask, "x-rung-allow-drop: generationConfig.stopSequences");
            assertThat(allowed.status()).as(allowed.body()).isEqualTo(200);
            assertThat(allowed.header("x-rung-dropped").split(", "))
                    .containsExactlyInAnyOrder(
                            "systemInstruction",
                            "generationConfig.maxOutputTokens",
                            "generationConfig.temperature",
                            "generationConfig.stopSequences");
        }
    }

    @Test
    void a_task_answers_in_anthropics_dialect_whole_streamed_and_with_its_errors() throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(200, "{}"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("openai", upstream))) {
            fixture.releases.promote(TestTasks.echo());
            String ask =
                    "{\"model\":\"echo\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Guten Tag\"}]%s}";

            Response whole = fixture.post("/v1/messages", ask.formatted(""));
            assertThat(whole.status()).isEqualTo(200);
            assertThat(whole.body()).contains("\"type\":\"message\"").contains("Guten Tag");
            assertThat(whole.header("x-rung-release")).isEqualTo("echo-7");
            assertThat(whole.header("x-rung-dropped")).contains("max");

            Response streamed = fixture.post("/v1/messages", ask.formatted(",\"stream\":true"));
            assertThat(streamed.body())
                    .startsWith("event: message_start\n")
                    .contains("Guten Tag")
                    .contains("event: message_stop\n");

            Response wrong = fixture.post(
                    "/v1/messages",
                    ask.formatted(",\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}]"));
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.body()).startsWith("{\"type\":\"error\"").contains("tools");
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void vectors_and_counts_are_asked_of_an_upstream_of_another_dialect() throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(
                        200,
                        request.path().endsWith(":countTokens")
                                ? "{\"totalTokens\":42}"
                                : "{\"embeddings\":[{\"values\":[0.5,-1]},{\"values\":[0.25,1]}]}"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("gemini", upstream))) {
            Response vectors =
                    fixture.post("/v1/embeddings", "{\"model\":\"chat\",\"input\":[\"a\",\"b\"],\"user\":\"u\"}");

            assertThat(upstream.only().path()).isEqualTo("/v1/models/real-model:batchEmbedContents");
            assertThat(upstream.only().body()).contains("\"model\":\"models/real-model\"");
            assertThat(object(vectors.body()).array("data")).hasSize(2);
            assertThat(vectors.body()).contains("\"embedding\":[0.5,-1]");
            assertThat(vectors.header("x-rung-dropped")).isEqualTo("user");

            Response count = fixture.post(
                    "/v1/messages/count_tokens",
                    "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

            assertThat(count.body()).isEqualTo("{\"input_tokens\":42}");
            assertThat(upstream.requests().getLast().body()).contains("\"model\":\"models/real-model\"");

            Response numbers = fixture.post("/v1/embeddings", "{\"model\":\"chat\",\"input\":[1,2]}");
            assertThat(numbers.status()).isEqualTo(400);
            assertThat(numbers.body()).contains("untranslatable").contains("\"param\":\"input\"");
        }
    }

    @Test
    void chat_completions_cannot_be_asked_for_a_count_nor_messages_for_vectors() throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(200, MESSAGE));
                RelayFixture chat = new RelayFixture(RelayFixture.one("openai", upstream));
                RelayFixture messages = new RelayFixture(RelayFixture.one("anthropic", upstream))) {
            Response count = chat.post("/v1/messages/count_tokens", "{\"model\":\"chat\",\"messages\":[]}");
            assertThat(count.status()).isEqualTo(400);
            assertThat(count.body()).startsWith("{\"type\":\"error\"").contains("dialect_not_spoken");

            Response vectors = messages.post("/v1/embeddings", "{\"model\":\"chat\",\"input\":\"a\"}");
            assertThat(vectors.status()).isEqualTo(400);
            assertThat(vectors.body()).contains("dialect_not_spoken");
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void an_error_keeps_what_the_upstream_says_of_trying_again() throws Exception {
        try (PlayedUpstream google = new PlayedUpstream((request, to) -> to.json(429, """
                        {"error":{"code":429,"message":"slower","status":"RESOURCE_EXHAUSTED","details":[
                         {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"31s"}]}}"""));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("gemini", google))) {
            Response response = fixture.post("/v1/chat/completions", ASK);

            assertThat(response.status()).isEqualTo(429);
            assertThat(response.header("retry-after")).isEqualTo("31");
            assertThat(google.requests())
                    .as("it asked to be left alone for longer than we wait")
                    .hasSize(1);
        }
        try (PlayedUpstream anthropic = new PlayedUpstream((request, to) -> to.json(
                        503,
                        "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"down\"}}",
                        "Retry-After: 9",
                        "X-Should-Retry: false"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("anthropic", anthropic))) {
            Response response = fixture.post("/v1/chat/completions", ASK);

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("retry-after")).isEqualTo("9");
            assertThat(response.header("x-should-retry")).isEqualTo("false");
            assertThat(anthropic.requests()).hasSize(1);
        }
    }

    @Test
    void a_reply_has_an_id_of_the_callers_dialect() throws Exception {
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(200, MESSAGE));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("anthropic", upstream))) {
            fixture.releases.promote(TestTasks.echo());

            assertThat(object(fixture.post("/v1/chat/completions", ASK).body()).string("id"))
                    .isEqualTo("chatcmpl-1");
            assertThat(object(fixture.post("/v1/responses", "{\"model\":\"chat\",\"input\":\"hello\"}")
                                    .body())
                            .string("id"))
                    .isEqualTo("resp_1");
            assertThat(object(fixture.post("/v1/messages", ASK.replace("chat\"", "echo\",\"max_tokens\":9"))
                                    .body())
                            .string("id"))
                    .matches("msg_[0-9A-Za-z]{24,}");
        }
    }

    @Test
    void a_gemini_stream_without_alt_sse_is_one_array_also_across_dialects_and_when_it_breaks_off() throws Exception {
        String ask = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
        String path = "/v1beta/models/chat:streamGenerateContent";
        String first = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"index\":0}]}";
        String last =
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"b\"}]},\"finishReason\":\"STOP\",\"index\":0}]}";
        try (PlayedUpstream upstream = new PlayedUpstream(
                        (request, to) -> to.stream("data: " + first + "\r\n\r\ndata: ", last + "\r\n\r\n"));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("gemini", upstream))) {
            Response response = fixture.post(path, ask);

            assertThat(upstream.only().path()).endsWith(":streamGenerateContent?alt=sse");
            assertThat(response.header("content-type")).startsWith("application/json");
            assertThat(response.body()).isEqualTo("[" + first + ",\r\n" + last + "]");

            upstream.plays((request, to) -> to.stream("data: " + first + "\n\n"));
            Response broken = fixture.post(path, ask);
            assertThat(broken.body())
                    .startsWith("[" + first + ",\r\n{\"error\":{\"code\":502")
                    .endsWith("}]");

            fixture.releases.promote(TestTasks.echo());
            Json task = JsonText.parse(
                    fixture.post(path.replace("chat", "echo"), ask).body());
            assertThat(task).isInstanceOf(Json.Arr.class);
            assertThat(task.compact()).contains("\"text\":\"hi\"").contains("\"finishReason\":\"STOP\"");
        }
    }

    @Test
    void gemini_is_spoken_under_the_version_of_its_newer_clients_too() throws Exception {
        String ask = "{\"systemInstruction\":{\"role\":\"model\",\"parts\":[{\"text\":\"Be brief.\"}]},"
                + "\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}";
        try (PlayedUpstream upstream = new PlayedUpstream((request, to) -> to.json(200, MESSAGE));
                RelayFixture fixture = new RelayFixture(RelayFixture.one("anthropic", upstream))) {
            Response response = fixture.post("/v1/models/chat:generateContent", ask);

            assertThat(response.body()).contains("\"finishReason\":\"STOP\"").contains("Bonjour");
            assertThat(object(upstream.only().body()).get("system")).hasToString("\"Be brief.\"");

            assertThat(fixture.post("/v1/models/nobody:generateContent", ask).body())
                    .startsWith("{\"error\":{\"code\":404")
                    .contains("\"status\":\"NOT_FOUND\"");
        }
    }
}
