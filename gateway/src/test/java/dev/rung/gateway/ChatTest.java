package dev.rung.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.RungException;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.gateway.RawClient.Response;
import dev.rung.gateway.log.Answered;
import dev.rung.gateway.log.RequestLine;
import dev.rung.gateway.log.RequestLine.End;
import dev.rung.gateway.policy.Governor;
import dev.rung.gateway.route.Releases;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"Where is my parcel?\"}]";

    private final Releases releases = new Releases();
    private final RecordingLog log = new RecordingLog();
    private Gateway gateway;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        releases.promote(TestTasks.routing());
        releases.promote(TestTasks.counting());
        releases.promote(TestTasks.echo());
        gateway = Gateway.start(GatewayConfig.DEFAULTS.at("127.0.0.1", 0), releases, Governor.OPEN, log);
        client = new RawClient(gateway.port());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        gateway.close();
        releases.close();
    }

    private Response chat(String members, String... headers) throws IOException {
        return client.send(RawClient.post(CHAT, "{" + members + "}", headers)).response();
    }

    private Response route(String moreMembers, String... headers) throws IOException {
        return chat("\"model\":\"support-routing\"," + HELLO + moreMembers, headers);
    }

    private static Json.Obj object(Response response) {
        return (Json.Obj) JsonText.parse(response.body());
    }

    private static Json.Obj error(Response response) {
        return object(response).object("error");
    }

    @Test
    void an_answer_has_the_shape_of_a_chat_completion_and_tells_where_it_comes_from() throws Exception {
        Response response = route("", "x-request-id: order-66");
        assertThat(response.status()).isEqualTo(200);
        Json.Obj body = object(response);
        assertThat(body.string("id")).matches("chatcmpl-[0-9A-Za-z]{29}");
        assertThat(body.without("id").without("created")).isEqualTo(JsonText.parse("""
                {"object":"chat.completion","model":"support-routing","system_fingerprint":"support-routing-3",
                 "choices":[{"index":0,"message":{"role":"assistant","content":"delivery","refusal":null,"annotations":[]},
                 "logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":12,"completion_tokens":3,
                 "total_tokens":15,"prompt_tokens_details":{"cached_tokens":4}}}"""));
        assertThat(response.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("x-rung-release", "support-routing-3")
                .containsEntry("x-rung-rung", "distil")
                .containsEntry("x-rung-answered-by", "student")
                .containsEntry("x-rung-price-usd", "0.00000041")
                .containsEntry("x-rung-confidence", "0.970000")
                .containsEntry("x-request-id", "order-66")
                .doesNotContainKey("x-rung-dropped");
        assertThat(response.header("x-rung-time-ms")).matches("\\d+\\.\\d{3}");

        RequestLine line = log.next();
        assertThat(line.id()).isEqualTo("order-66");
        assertThat(line.status()).isEqualTo(200);
        assertThat(line.end()).isEqualTo(End.COMPLETE);
        Answered answered = Objects.requireNonNull(line.answered());
        assertThat(answered.input()).isEqualTo("Where is my parcel?");
        assertThat(answered.answer().output()).isEqualTo(new Output.Label("delivery"));
    }

    @Test
    void the_input_is_the_last_message_as_text_or_as_text_parts() throws Exception {
        Response parts = chat("""
                "model":"echo","messages":[{"role":"developer","content":"Be kind."},{"role":"user","name":"ada",
                "content":[{"type":"text","text":"one"},{"type":"text","text":"two — drei 😀"}]}]""");
        Json.Obj choice = (Json.Obj) object(parts).array("choices").getFirst();
        assertThat(choice.object("message").string("content")).isEqualTo("one\ntwo — drei 😀");
        assertThat(parts.header("x-rung-dropped")).isEqualTo("messages[0]");
    }

    @Test
    void fields_without_effect_are_accepted_and_named_in_the_reply() throws Exception {
        Response response = route(
                ",\"temperature\":0,\"seed\":7,\"user\":\"u\",\"n\":1,\"stop\":null,\"tools\":[],\"logprobs\":false");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("x-rung-dropped")).isEqualTo("temperature, seed, user");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}] | tools    | unsupported_parameter",
                "\"tool_choice\":\"auto\"                                | tool_choice        | unsupported_parameter",
                "\"n\":2                                                 | n                  | unsupported_parameter",
                "\"logprobs\":true                                       | logprobs           | unsupported_parameter",
                "\"stop\":[\"\\n\"]                                      | stop               | unsupported_parameter",
                "\"logit_bias\":{\"50256\":-100}                         | logit_bias         | unsupported_parameter",
                "\"modalities\":[\"text\",\"audio\"]                     | modalities         | unsupported_parameter",
                "\"audio\":{\"voice\":\"alloy\"}                         | audio              | unsupported_parameter",
                "\"web_search_options\":{}                               | web_search_options | unsupported_parameter",
                "\"top_k\":40                                            | top_k              | unknown_parameter"
            })
    void a_field_that_cannot_be_honoured_is_refused_unless_the_caller_consents(String member, String name, String code)
            throws Exception {
        Response refused = route("," + member);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(error(refused).string("type")).isEqualTo("invalid_request_error");
        assertThat(error(refused).string("param")).isEqualTo(name);
        assertThat(error(refused).string("code")).isEqualTo(code);
        assertThat(log.next().error()).isEqualTo(code);

        Response allowed = route("," + member, "x-rung-allow-drop: other, " + name);
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.header("x-rung-dropped")).isEqualTo(name);
        assertThat(route("," + member, "x-rung-allow-drop: *").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"temperature\":\"hot\"                     | temperature",
                "\"stream\":\"yes\"                          | stream",
                "\"stream_options\":{\"include_usage\":true} | stream_options",
                "\"stream\":true,\"stream_options\":{\"x\":1}| stream_options.x",
                "\"stream\":true,\"stream_options\":3        | stream_options",
                "\"response_format\":{\"type\":\"xml\"}      | response_format.type",
                "\"response_format\":\"json\"                | response_format",
                "\"response_format\":{\"type\":\"json_schema\"} | response_format.json_schema.schema",
                "\"response_format\":{\"type\":\"json_object\"} | response_format.type"
            })
    void a_field_of_the_wrong_form_is_a_400_that_names_it(String member, String name) throws Exception {
        Response response = route("," + member);
        assertThat(response.status()).isEqualTo(400);
        assertThat(error(response).string("param")).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                                     | messages",
                "\"hi\"                                                                 | messages",
                "[{\"content\":\"hi\"}]                                                 | messages[0]",
                "[{\"role\":\"critic\",\"content\":\"hi\"}]                             | messages[0].role",
                "[{\"role\":\"system\",\"content\":\"hi\"}]                             | messages[0].role",
                "[{\"role\":\"user\",\"content\":null}]                                 | messages[0].content",
                "[{\"role\":\"user\",\"content\":\"  \"}]                               | messages[0].content",
                "[{\"role\":\"user\",\"content\":[]}]                                   | messages[0].content",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]           | messages[0].content[0].type",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":1}]}]     | messages[0].content[0].text",
                "[{\"role\":\"user\",\"content\":\"a\",\"cache\":1}]                    | messages[0].cache",
                "[{\"role\":\"tool\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"a\"}]      | messages[0].role",
                "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}] | messages[0]"
            })
    void messages_that_are_not_one_question_are_refused_with_their_place(String messages, String name)
            throws Exception {
        Response response = chat("\"model\":\"echo\",\"messages\":" + messages);
        assertThat(response.status()).isEqualTo(400);
        assertThat(error(response).string("param")).isEqualTo(name);
        assertThat(response.headers()).doesNotContainKey("x-rung-release");
    }

    @Test
    void earlier_turns_are_left_aside_with_consent_and_named() throws Exception {
        String turns = "\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
                + "{\"role\":\"assistant\",\"content\":\"b\"},{\"role\":\"user\",\"content\":\"c\"}]";
        assertThat(error(chat(turns)).string("code")).isEqualTo("earlier_turns");
        Response allowed = chat(turns, "x-rung-allow-drop: messages");
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.header("x-rung-dropped")).isEqualTo("messages[0], messages[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "{\"model\":\"echo\",}", "{\"a\":1,\"a\":2}", "{\"model\":\"\u00e9\" x}"})
    void a_body_that_is_no_json_object_is_a_400(String body) throws Exception {
        Response response = client.send(RawClient.post(CHAT, body)).response();
        assertThat(response.status()).isEqualTo(400);
        assertThat(error(response).string("code")).isIn("invalid_json", "invalid_type");
        assertThat(route("").status()).isEqualTo(200); // the connection goes on
    }

    @Test
    void malformed_json_is_told_with_its_line_and_column() throws Exception {
        Response response =
                client.send(RawClient.post(CHAT, "{\n  \"model\": echo\n}")).response();
        assertThat(error(response).string("message"))
                .startsWith("request body:2:12: ")
                .doesNotContain("Source");
    }

    @Test
    void bytes_that_are_not_utf_8_are_a_400() throws Exception {
        byte[] body = "{\"model\":\"echo\",\"user\":\"X\"}".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        body[24] = (byte) 0xE9;
        client.send("POST " + CHAT + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length + "\r\n\r\n");
        Response response = client.send(body).response();
        assertThat(error(response).string("code")).isEqualTo("invalid_json");
    }

    @Test
    void an_unknown_model_is_a_404_that_names_those_served() throws Exception {
        Response response = chat("\"model\":\"gpt-5-mini\"," + HELLO);
        assertThat(response.status()).isEqualTo(404);
        assertThat(error(response).string("code")).isEqualTo("model_not_found");
        assertThat(error(response).string("message"))
                .isEqualTo(
                        "The model \"gpt-5-mini\" is not served here. Served are: echo, support-routing, word-count.");
        assertThat(error(chat(HELLO)).string("param")).isEqualTo("model");
    }

    @Test
    void a_stream_is_role_content_finish_usage_and_the_end_mark() throws Exception {
        Response response = route(",\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers())
                .containsEntry("content-type", "text/event-stream; charset=utf-8")
                .containsEntry("cache-control", "no-cache")
                .containsEntry("x-rung-release", "support-routing-3")
                .containsEntry("x-rung-confidence", "0.970000");
        String common =
                "data: \\{\"id\":\"chatcmpl-[0-9A-Za-z]{29}\",\"object\":\"chat.completion.chunk\",\"created\":\\d+,"
                        + "\"model\":\"support-routing\",\"system_fingerprint\":\"support-routing-3\",";
        String choice =
                "\"choices\":[{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}],\"usage\":null}";
        List<String> events = List.of(response.body().split("\n\n"));
        assertThat(response.body()).endsWith("\n\n");
        assertThat(events).hasSize(5);
        assertThat(events.subList(0, 4)).allMatch(event -> event.matches(common + ".*"));
        assertThat(events.get(0))
                .endsWith(choice.formatted("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"));
        assertThat(events.get(1)).endsWith(choice.formatted("{\"content\":\"delivery\"}", "null"));
        assertThat(events.get(2)).endsWith(choice.formatted("{}", "\"stop\""));
        assertThat(events.get(3))
                .endsWith("\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3,"
                        + "\"total_tokens\":15,\"prompt_tokens_details\":{\"cached_tokens\":4}}}");
        assertThat(events.get(4)).isEqualTo("data: [DONE]");

        assertThat(route(",\"stream\":true").body()).doesNotContain("usage").endsWith("data: [DONE]\n\n");
    }

    @Test
    void a_fields_task_answers_with_json_and_checks_the_callers_schema() throws Exception {
        String question = "\"model\":\"word-count\",\"messages\":[{\"role\":\"user\",\"content\":\"a b c\"}]";
        Response plain = chat(question + ",\"response_format\":{\"type\":\"json_object\"}");
        assertThat(plain.body()).contains("\"content\":\"{\\\"words\\\":3,\\\"first\\\":\\\"a\\\"}\"");

        String format =
                ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"w\",\"strict\":true,\"schema\":%s}}";
        String fits =
                "{\"type\":\"object\",\"properties\":{\"words\":{\"$ref\":\"#/$defs/n\"},\"first\":{\"type\":\"string\"}},"
                        + "\"required\":[\"words\",\"first\"],\"additionalProperties\":false,\"$defs\":{\"n\":{\"type\":\"integer\"}}}";
        assertThat(chat(question + format.formatted(fits)).status()).isEqualTo(200);

        Response stranger = chat(question + format.formatted("{\"required\":[\"letters\"]}"));
        assertThat(stranger.status()).isEqualTo(400);
        assertThat(error(stranger).string("message")).contains("\"letters\"", "It gives: words, first.");

        Response unmet = chat(question + format.formatted("{\"properties\":{\"words\":{\"maximum\":2}}}"));
        assertThat(unmet.status()).isEqualTo(422);
        assertThat(error(unmet).string("code")).isEqualTo("response_format_not_met");
        assertThat(error(unmet).string("message")).contains("/words");
        assertThat(unmet.header("x-rung-price-usd")).isEqualTo("0.00000041"); // it was asked, and cost what it cost
    }

    @Test
    void a_release_without_an_answer_is_a_422_with_its_price() throws Exception {
        releases.promote(TestTasks.served(
                "mute", 1, new OutputContract.Text(), TestTasks.answering(input -> new Output.NoAnswer("cut off"))));
        for (String stream : List.of("", ",\"stream\":true")) {
            Response response = chat("\"model\":\"mute\"," + HELLO + stream);
            assertThat(response.status()).isEqualTo(422);
            assertThat(error(response).string("code")).isEqualTo("no_answer");
            assertThat(error(response).string("message")).endsWith("cut off");
            assertThat(response.header("x-rung-release")).isEqualTo("mute-1");
            assertThat(response.header("x-rung-price-usd")).isEqualTo("0.00000041");
            assertThat(log.next().answered()).isNotNull();
        }
    }

    @Test
    void failures_of_a_solver_have_their_status_and_keep_the_insides_to_themselves() throws Exception {
        record Case(RuntimeException thrown, int status, String code) {}
        List<Case> cases = List.of(
                new Case(new IllegalStateException("secret path /home/x"), 500, "internal_error"),
                new Case(new RungException.Unavailable("secret path /home/x"), 503, "unavailable"),
                new Case(new RungException.Corrupt("secret path /home/x"), 500, "internal_error"),
                new Case(new RungException.Forbidden("secret path /home/x"), 403, "forbidden_by_data_rule"),
                new Case(new RungException.Failed("secret path /home/x"), 502, "model_failed"),
                new Case(new RungException.WrongInput("the input is too long"), 400, "wrong_input"));
        for (Case each : cases) {
            releases.promote(TestTasks.served("broken", 1, new OutputContract.Text(), TestTasks.answering(input -> {
                throw each.thrown();
            })));
            Response response = chat("\"model\":\"broken\"," + HELLO, "x-request-id: r1");
            assertThat(response.status()).isEqualTo(each.status());
            assertThat(error(response).string("code")).isEqualTo(each.code());
            assertThat(response.body()).doesNotContain("secret");
            assertThat(log.next().error()).isEqualTo(each.code());
        }
        assertThat(route("").status()).isEqualTo(200);
    }

    @Test
    void models_are_the_promoted_tasks() throws Exception {
        Json.Obj list = object(client.send(RawClient.get("/v1/models")).response());
        assertThat(list.string("object")).isEqualTo("list");
        assertThat(list.array("data")).hasSize(3);
        Json.Obj one =
                object(client.send(RawClient.get("/v1/models/support-routing")).response());
        assertThat(one)
                .isEqualTo(
                        JsonText.parse(
                                "{\"id\":\"support-routing\",\"object\":\"model\",\"created\":1795169730,\"owned_by\":\"rung\"}"));
        assertThat(list.array("data")).contains(one);
        Response missing = client.send(RawClient.get("/v1/models/gpt-5")).response();
        assertThat(missing.status()).isEqualTo(404);
        assertThat(error(missing).string("message")).contains("echo, support-routing, word-count");
    }

    @ParameterizedTest
    @CsvSource({
        "0.000000333333333333333333333333333, 0.000000333333333333",
        "0.00001234567890125, 0.0000123456789012",
        "12.3400, 12.34",
        "1E+3, 1000",
        "0E-30, 0",
        "0.00000000000000000007, 0.00000000000000000007",
    })
    void a_price_has_at_most_twelve_digits_that_count(String exact, String shown) throws Exception {
        releases.promote(TestTasks.priced("priced", exact));
        Response response = chat("\"model\":\"priced\"," + HELLO);
        assertThat(response.header("x-rung-price-usd")).isEqualTo(shown);
        Answered answered = Objects.requireNonNull(log.next().answered());
        assertThat(answered.answer().price()).as("for the ledger").isEqualTo(new Price.Known(Usd.of(exact)));
    }

    @Test
    void readiness_tells_the_truth() throws Exception {
        assertThat(client.send(RawClient.get("/health")).response().status()).isEqualTo(200);
        assertThat(client.send(RawClient.get("/ready")).response().status()).isEqualTo(200);
        releases.close();
        Response empty = client.send(RawClient.get("/ready")).response();
        assertThat(empty.status()).isEqualTo(503);
        assertThat(empty.body()).contains("no release is loaded");
        assertThat(client.send(RawClient.get("/health")).response().status()).isEqualTo(200);
        assertThat(route("").status()).isEqualTo(404);
    }

    @Test
    void identifiers_of_the_caller_are_taken_where_they_are_well_formed() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        route("", "traceparent: 00-" + trace + "-00f067aa0ba902b7-01");
        RequestLine traced = log.next();
        assertThat(traced.trace()).isEqualTo(trace);
        assertThat(traced.id()).matches("req-[0-9a-f]{32}");
        Response odd =
                route("", "x-request-id: two words", "traceparent: 00-" + "0".repeat(32) + "-00f067aa0ba902b7-01");
        assertThat(odd.header("x-request-id")).matches("req-[0-9a-f]{32}");
        assertThat(log.next().trace()).isNull();
    }

    @Test
    void a_release_that_counts_no_tokens_tells_an_estimate_and_says_so() throws Exception {
        releases.promote(TestTasks.unmetered());

        Response response =
                chat("\"model\":\"unmetered\",\"messages\":[{\"role\":\"user\",\"content\":\"twelve bytes\"}]");

        assertThat(response.body()).contains("\"prompt_tokens\":3,\"completion_tokens\":3,\"total_tokens\":6");
        assertThat(response.header("x-rung-usage")).isEqualTo("estimated");
    }
}
