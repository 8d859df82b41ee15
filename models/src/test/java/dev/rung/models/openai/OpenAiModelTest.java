package dev.rung.models.openai;

import static dev.rung.models.openai.PlayedServer.answer;
import static dev.rung.models.openai.PlayedServer.json;
import static dev.rung.models.openai.PlayedServer.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.RungException;
import dev.rung.core.economics.Pricing;
import dev.rung.core.json.Json;
import dev.rung.core.model.Completion;
import dev.rung.core.model.LabelChoice;
import dev.rung.core.model.Message;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.ModelCard.Capability;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Prompt;
import dev.rung.core.model.Residency;
import dev.rung.core.model.Tenant;
import dev.rung.json.JsonText;
import dev.rung.models.catalog.Engine;
import dev.rung.models.egress.Egress;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OpenAiModelTest {
    private static final String KEY = "sk-test-abcdef123456";
    private static final List<String> LABELS = List.of("refund status", "card \"lost\"", "über");
    private static final Prompt PROMPT =
            new Prompt(List.of(Message.system("Route the message."), Message.user("where is my money")), 1);
    private static final Json.Obj SCHEMA = (Json.Obj) JsonText.parse("""
            {"type": "object", "properties": {"n": {"type": "integer", "minimum": 1}}, "required": ["n"],
             "additionalProperties": false}""");
    private static final Patience QUICK = new Patience(
            4, Duration.ofMillis(20), Duration.ofMillis(80), Duration.ofMillis(1_500), Duration.ofSeconds(12));

    private final Egress egress = Egress.under(Residency.LOCAL, Map.of());

    @AfterEach
    void close() {
        egress.close();
    }

    @Test
    void a_label_is_chosen_by_a_schema_that_only_the_labels_satisfy() throws IOException {
        try (PlayedServer server = new PlayedServer(says("{\"label\":\"card \\\"lost\\\"\"}"))) {
            LabelChoice choice = model(server, Capability.JSON_SCHEMA).choose(PROMPT, LABELS);
            assertThat(choice.label()).isEqualTo("card \"lost\"");
            assertThat(choice.confidence()).isNaN();
            assertThat(choice.usage().inputTokens()).isEqualTo(100);
            assertThat(choice.usage().cachedInputTokens()).isEqualTo(64);
            assertThat(choice.usage().outputTokens()).isEqualTo(10);
            assertThat(choice.usage().raw()).isNotNull();

            PlayedServer.Seen seen = server.seen.getFirst();
            assertThat(seen.path()).isEqualTo("/v1/chat/completions");
            assertThat(seen.authorization()).isEqualTo("Bearer " + KEY);
            assertThat(seen.body().without("max_completion_tokens")).isEqualTo(JsonText.parse("""
                    {"model": "big-1", "reasoning_effort": "none",
                     "messages": [{"role": "system", "content": "Route the message."},
                                  {"role": "user", "content": "where is my money"}],
                     "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "strict": true,
                       "schema": {"type": "object", "additionalProperties": false, "required": ["label"],
                         "properties": {"label": {"type": "string",
                           "enum": ["refund status", "card \\"lost\\"", "über"]}}}}}}"""));
            assertThat(seen.body().number("max_completion_tokens").intValue()).isGreaterThan(500);
        }
    }

    @Test
    void the_confidence_of_a_label_is_the_probability_of_the_tokens_that_spell_it() throws IOException {
        // "ü" is two bytes that fall into two tokens; the brace and quotes around the label do not count.
        String logprobs = """
                {"content": [
                  {"token": "{\\"", "logprob": -0.5, "bytes": [123, 34], "top_logprobs": []},
                  {"token": "label", "logprob": -0.25, "bytes": [108, 97, 98, 101, 108], "top_logprobs": []},
                  {"token": "\\":\\"", "logprob": -0.125, "bytes": [34, 58, 34], "top_logprobs": []},
                  {"token": "\\ufffd", "logprob": -0.1, "bytes": [195], "top_logprobs": []},
                  {"token": "\\ufffd", "logprob": -0.02, "bytes": [188], "top_logprobs": []},
                  {"token": "ber", "logprob": -0.003, "bytes": [98, 101, 114], "top_logprobs": []},
                  {"token": "\\"}", "logprob": -0.7, "bytes": [34, 125], "top_logprobs": []}], "refusal": null}""";
        try (PlayedServer server = new PlayedServer(says("{\"label\":\"über\"}", "stop", logprobs))) {
            LabelChoice choice =
                    model(server, Capability.JSON_SCHEMA, Capability.LOGPROBS).choose(PROMPT, LABELS);
            assertThat(choice.confidence()).isCloseTo(Math.exp(-0.123), within(1e-12));
            assertThat(server.seen.getFirst().body().bool("logprobs")).isTrue();
        }
    }

    /** Only a server that is said to understand it gets the field. */
    @Test
    void the_instructions_of_a_tenant_have_a_key_of_their_own_in_the_servers_prompt_cache() throws IOException {
        try (PlayedServer server = new PlayedServer(says("{\"label\":\"über\"}"))) {
            Engine.OpenAi plain = engine(server.baseUrl(), 8);
            Engine.OpenAi caching = new Engine.OpenAi(
                    plain.baseUrl(),
                    plain.model(),
                    plain.keyVariable(),
                    plain.parameters(),
                    plain.maxTokensKey(),
                    plain.reasoningTokens(),
                    plain.concurrency(),
                    true);
            OpenAiModel model = new OpenAiModel(
                    card(caching, Set.of(Capability.JSON_SCHEMA)), caching, KEY, egress, QUICK, new Random(1));
            for (String tenant : List.of("team:a", "team:a", "team:b")) {
                assertThat(Tenant.asking(tenant, () -> model.choose(PROMPT, LABELS))
                                .label())
                        .isEqualTo("über");
            }
            model(server, Capability.JSON_SCHEMA).choose(PROMPT, LABELS);
            List<Json> keys = server.seen.stream()
                    .map(seen -> seen.body().get("prompt_cache_key"))
                    .toList();
            assertThat(keys.get(0))
                    .isInstanceOfSatisfying(
                            Json.Str.class, key -> assertThat(key.value()).matches("[0-9a-f]{32}"));
            assertThat(keys.get(1)).as("the same tenant").isEqualTo(keys.get(0));
            assertThat(keys.get(2)).as("another tenant").isNotEqualTo(keys.get(0));
            assertThat(keys.get(3))
                    .as("a server that is not said to understand it")
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "refund status",
                " Refund Status. ",
                "\"refund status\"",
                "**refund status**\n",
                "`REFUND STATUS`"
            })
    void a_model_that_is_asked_in_words_may_dress_the_label_up(String answer) throws IOException {
        try (PlayedServer server = new PlayedServer(says(answer))) {
            assertThat(model(server).choose(PROMPT, LABELS).label()).isEqualTo("refund status");
            Json.Obj contract =
                    (Json.Obj) server.seen.getFirst().body().array("messages").getFirst();
            assertThat(contract.string("role")).isEqualTo("system");
            assertThat(contract.string("content")).contains("refund status\ncard \"lost\"\nüber");
        }
    }

    @Test
    void a_wrong_label_is_sent_back_once_and_both_requests_are_paid_for() throws IOException {
        try (PlayedServer server = new PlayedServer(says("I think it is a refund"), says("refund status"))) {
            LabelChoice choice = model(server).choose(PROMPT, LABELS);
            assertThat(choice.label()).isEqualTo("refund status");
            assertThat(choice.usage().inputTokens()).isEqualTo(200);
            assertThat(choice.usage().raw())
                    .isNotNull()
                    .satisfies(raw -> assertThat(raw.object("prompt_tokens_details")
                                    .number("cached_tokens")
                                    .intValue())
                            .isEqualTo(128));
            List<Json> second = server.seen.get(1).body().array("messages");
            assertThat(((Json.Obj) second.get(second.size() - 2)).string("content"))
                    .isEqualTo("I think it is a refund");
            assertThat(((Json.Obj) second.getLast()).string("role")).isEqualTo("user");
        }
    }

    @Test
    void two_wrong_labels_are_a_failure_that_lasts() throws IOException {
        try (PlayedServer server = new PlayedServer(says("either of them"))) {
            assertThatThrownBy(() -> model(server).choose(PROMPT, LABELS))
                    .isInstanceOfSatisfying(
                            RungException.Failed.class,
                            e -> assertThat(e.lasts()).isTrue());
            assertThat(server.seen).hasSize(2);
        }
    }

    @Test
    void text_is_returned_with_its_finish() throws IOException {
        try (PlayedServer server = new PlayedServer(says("Hello", "length", "null"))) {
            Completion completion = model(server, Capability.JSON_SCHEMA).complete(PROMPT, null, 5);
            assertThat(completion.text()).isEqualTo("Hello");
            assertThat(completion.finish()).isEqualTo(Completion.Finish.LENGTH);
            assertThat(completion.probability()).isNaN();
            assertThat(completion.time()).isPositive();
            assertThat(server.seen
                            .getFirst()
                            .body()
                            .number("max_completion_tokens")
                            .intValue())
                    .isEqualTo(505);
            assertThat(server.seen.getFirst().body().get("response_format")).isNull();
        }
    }

    @Test
    void fields_that_break_their_schema_are_sent_back_once_with_what_is_wrong() throws IOException {
        try (PlayedServer server = new PlayedServer(says("{\"n\": 0}"), says("{\"n\": 7}"))) {
            Completion completion = model(server, Capability.JSON_SCHEMA).complete(PROMPT, SCHEMA, 50);
            assertThat(completion.text()).isEqualTo("{\"n\": 7}");
            List<Json> second = server.seen.get(1).body().array("messages");
            assertThat(((Json.Obj) second.getLast()).string("content")).contains("/n");
        }
    }

    @Test
    void fields_asked_for_in_words_may_come_in_a_fence() throws IOException {
        try (PlayedServer server = new PlayedServer(says("```json\n{\"n\": 7}\n```"))) {
            assertThat(model(server).complete(PROMPT, SCHEMA, 50).text()).isEqualTo("{\"n\": 7}");
            Json.Obj contract =
                    (Json.Obj) server.seen.getFirst().body().array("messages").getFirst();
            assertThat(contract.string("content")).contains(SCHEMA.compact());
        }
    }

    @Test
    void fields_that_stay_wrong_or_are_cut_short_are_failures() throws IOException {
        for (PlayedServer.Play play : List.of(says("{\"n\": 0}"), says("{\"n\": 7}", "length", "null"), says("no"))) {
            try (PlayedServer server = new PlayedServer(play)) {
                assertThatThrownBy(() -> model(server, Capability.JSON_SCHEMA).complete(PROMPT, SCHEMA, 50))
                        .isInstanceOf(RungException.Failed.class)
                        .hasMessageContaining("asked twice");
            }
        }
    }

    @Test
    void a_refusal_is_a_finish_of_text_and_a_failure_of_a_choice() throws IOException {
        for (PlayedServer.Play play : List.of(
                json(200, """
                        {"choices": [{"message": {"role": "assistant", "content": null, "refusal": "I cannot help."},
                          "finish_reason": "stop"}], "usage": {"prompt_tokens": 5, "completion_tokens": 4}}"""),
                says("", "content_filter", "null"),
                json(400, "{\"error\": {\"code\": \"content_filter\", \"message\": \"filtered\"}}"))) {
            try (PlayedServer server = new PlayedServer(play)) {
                assertThat(model(server).complete(PROMPT, SCHEMA, 50).finish()).isEqualTo(Completion.Finish.REFUSAL);
                assertThatThrownBy(() -> model(server).choose(PROMPT, LABELS))
                        .isInstanceOfSatisfying(
                                RungException.Failed.class,
                                e -> assertThat(e.lasts()).isTrue());
            }
        }
    }

    @Test
    void without_a_usage_record_nothing_is_made_up() throws IOException {
        try (PlayedServer server = new PlayedServer(
                json(200, "{\"choices\": [{\"message\": {\"content\": [{\"type\": \"text\", \"text\": \"Hi\"}]}}]}"))) {
            Completion completion = model(server).complete(PROMPT, null, 5);
            assertThat(completion.text()).isEqualTo("Hi");
            assertThat(completion.usage().raw()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"retry-after-ms, 300", "Retry-After, 1", "Retry-After, 0.3"})
    void a_server_is_left_alone_for_as_long_as_it_asks(String header, String value) throws IOException {
        try (PlayedServer server = new PlayedServer(
                json(429, "{\"error\": {\"message\": \"slow down\", \"type\": \"requests\"}}", header, value),
                says("refund status"))) {
            assertThat(model(server).choose(PROMPT, LABELS).label()).isEqualTo("refund status");
            long millis = (server.seen.get(1).nanoTime() - server.seen.get(0).nanoTime()) / 1_000_000;
            assertThat(millis).isGreaterThanOrEqualTo(value.equals("1") ? 990 : 290);
        }
    }

    @Test
    void an_http_date_is_understood_too() throws IOException {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2));
        try (PlayedServer server = new PlayedServer(json(503, "", "Retry-After", date), says("refund status"))) {
            model(server).choose(PROMPT, LABELS);
            long millis = (server.seen.get(1).nanoTime() - server.seen.get(0).nanoTime()) / 1_000_000;
            assertThat(millis).isGreaterThanOrEqualTo(900);
        }
    }

    @Test
    void a_wait_that_would_take_too_long_is_not_begun() throws IOException {
        try (PlayedServer server = new PlayedServer(json(429, "{}", "Retry-After", "86400"))) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> model(server).choose(PROMPT, LABELS))
                    .isInstanceOf(RungException.Failed.class)
                    .hasMessageContaining("too long");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(server.seen).hasSize(1);
        }
    }

    @Test
    void when_one_question_is_told_to_wait_the_others_wait_too() throws Exception {
        try (PlayedServer server = new PlayedServer(json(429, "{}", "retry-after-ms", "700"), says("refund status"))) {
            OpenAiModel model = model(server);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<LabelChoice> first = threads.submit(() -> model.choose(PROMPT, LABELS));
                Thread.sleep(250);
                Future<LabelChoice> second = threads.submit(() -> model.choose(PROMPT, LABELS));
                first.get();
                second.get();
            }
            assertThat(server.seen).hasSize(3);
            assertThat((server.seen.get(1).nanoTime() - server.seen.get(0).nanoTime()) / 1_000_000)
                    .isGreaterThanOrEqualTo(690);
        }
    }

    static List<PlayedServer.Play> passingFaults() {
        return List.of(
                json(500, "{\"error\": {\"message\": \"oops\"}}"),
                json(
                        529,
                        "{\"type\": \"error\", \"error\": {\"type\": \"overloaded_error\", \"message\": \"Overloaded\"}}"),
                answer(408, "text/plain", ""),
                answer(200, "text/html", "<html>Log in to the guest network</html>"),
                json(200, "{\"choices\": [{\"mess"),
                json(200, "{\"choices\": []}"),
                json(200, "{\"error\": {\"code\": 502, \"message\": \"upstream gone\"}}"),
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, 1_000);
                    exchange.getResponseBody().write("{\"choices\"".getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                },
                exchange -> sleep(2_500));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("passingFaults")
    void a_fault_that_passes_is_outlived(PlayedServer.Play fault) throws IOException {
        try (PlayedServer server = new PlayedServer(fault, says("refund status"))) {
            assertThat(model(server).choose(PROMPT, LABELS).label()).isEqualTo("refund status");
            assertThat(server.seen).hasSize(2);
        }
    }

    @Test
    void a_fault_that_stays_is_given_up_with_its_reason_and_number_of_attempts() throws IOException {
        try (PlayedServer server = new PlayedServer(json(503, "{\"error\": {\"message\": \"no capacity\"}}"))) {
            assertThatThrownBy(() -> model(server).choose(PROMPT, LABELS))
                    .isInstanceOfSatisfying(
                            RungException.Failed.class,
                            e -> assertThat(e.lasts()).isFalse())
                    .hasMessageContaining("no capacity")
                    .hasMessageContaining("4 attempts");
            assertThat(server.seen).hasSize(4);
        }
    }

    @Test
    void a_broken_server_is_not_asked_many_times_as_often_as_a_sound_one() throws IOException {
        try (PlayedServer server = new PlayedServer(json(500, "{}"))) {
            OpenAiModel model = model(server);
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> model.choose(PROMPT, LABELS)).isInstanceOf(RungException.Failed.class);
            }
            // 20 questions and a budget of 20 retries, where four attempts each would be 80 requests.
            assertThat(server.seen).hasSize(40);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, OPEN_KEY",
        "403, OPEN_KEY",
        "404, no such model",
        "402, paid",
        "422, refused with status 422",
        "400, refused with status 400"
    })
    void an_error_for_good_is_not_asked_again_and_never_shows_the_key(int status, String expected) throws IOException {
        String body = "{\"error\": {\"message\": \"Incorrect API key provided: " + KEY + " (sk-live-999999)\"}}";
        try (PlayedServer server = new PlayedServer(json(status, body))) {
            assertThatThrownBy(() -> model(server).choose(PROMPT, LABELS))
                    .isInstanceOf(RungException.class)
                    .hasMessageContaining(expected)
                    .hasMessageNotContaining(KEY)
                    .hasMessageNotContaining("999999")
                    .hasMessageNotContaining("where is my money");
            assertThat(server.seen).hasSize(1);
        }
    }

    @Test
    void a_spent_quota_and_a_server_that_says_so_are_not_asked_again() throws IOException {
        for (PlayedServer.Play play : List.of(
                json(429, "{\"error\": {\"code\": \"insufficient_quota\", \"message\": \"check your plan\"}}"),
                json(500, "{}", "x-should-retry", "false"))) {
            try (PlayedServer server = new PlayedServer(play)) {
                assertThatThrownBy(() -> model(server).choose(PROMPT, LABELS)).isInstanceOf(RungException.Failed.class);
                assertThat(server.seen).hasSize(1);
            }
        }
    }

    @Test
    void a_prompt_that_does_not_fit_is_wrong_input() throws IOException {
        try (PlayedServer server = new PlayedServer(json(400, """
                {"error": {"code": "context_length_exceeded", "message": "maximum context length is 128 tokens"}}"""))) {
            assertThatThrownBy(() -> model(server).complete(PROMPT, null, 5))
                    .isInstanceOf(RungException.WrongInput.class)
                    .hasMessageContaining("does not fit");
        }
    }

    @Test
    void a_server_that_is_not_there_is_unavailable() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        OpenAiModel model = model(URI.create("http://127.0.0.1:" + port + "/v1"), 8);
        assertThatThrownBy(() -> model.choose(PROMPT, LABELS))
                .isInstanceOf(RungException.Unavailable.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void no_more_requests_run_at_once_than_the_catalog_allows() throws Exception {
        try (PlayedServer server = new PlayedServer(exchange -> {
                    sleep(60);
                    says("refund status").on(exchange);
                });
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            OpenAiModel model = model(server.baseUrl(), 3);
            List<Future<LabelChoice>> choices = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                choices.add(threads.submit(() -> model.choose(PROMPT, LABELS)));
            }
            for (Future<LabelChoice> choice : choices) {
                assertThat(choice.get().label()).isEqualTo("refund status");
            }
            assertThat(server.mostAtOnce()).isEqualTo(3);
        }
    }

    @Test
    void a_key_with_a_line_break_is_refused_without_being_shown() throws IOException {
        try (PlayedServer server = new PlayedServer(says("x"))) {
            Engine.OpenAi engine = engine(server.baseUrl(), 8);
            assertThatThrownBy(() -> new OpenAiModel(
                            card(engine, Set.of()), engine, "sk-1\nX-Evil: 1", egress, QUICK, new Random(1)))
                    .isInstanceOf(RungException.WrongInput.class)
                    .hasMessageContaining("OPEN_KEY")
                    .hasMessageNotContaining("sk-1");
        }
    }

    private OpenAiModel model(PlayedServer server, Capability... capabilities) {
        Engine.OpenAi engine = engine(server.baseUrl(), 8);
        return new OpenAiModel(card(engine, Set.of(capabilities)), engine, KEY, egress, QUICK, new Random(1));
    }

    private OpenAiModel model(URI baseUrl, int concurrency) {
        Engine.OpenAi engine = engine(baseUrl, concurrency);
        return new OpenAiModel(card(engine, Set.of()), engine, KEY, egress, QUICK, new Random(1));
    }

    private static Engine.OpenAi engine(URI baseUrl, int concurrency) {
        return new Engine.OpenAi(
                baseUrl,
                "big-1",
                "OPEN_KEY",
                Json.object("reasoning_effort", Json.of("none")),
                "max_completion_tokens",
                500,
                concurrency,
                false);
    }

    private static ModelCard card(Engine.OpenAi engine, Set<Capability> capabilities) {
        return new ModelCard(
                new ModelId("big"),
                engine.fingerprint(),
                ModelCard.Kind.GENERATIVE,
                Residency.LOCAL,
                8_192,
                capabilities,
                "terms",
                ModelCard.OutputsMayTrain.UNKNOWN,
                null,
                new Pricing.Unpriced("test"));
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
