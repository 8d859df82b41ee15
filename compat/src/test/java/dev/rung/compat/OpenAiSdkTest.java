package dev.rung.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.UnprocessableEntityException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.models.Model;
import dev.rung.core.json.Json;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.gateway.Gateway;
import dev.rung.gateway.GatewayConfig;
import dev.rung.gateway.http.Limits;
import dev.rung.gateway.log.RequestLine;
import dev.rung.gateway.policy.Governor;
import dev.rung.gateway.route.Releases;
import dev.rung.json.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own Java client against the running gateway: all that it does with a task. */
class OpenAiSdkTest {
    private final Releases releases = new Releases();
    private final LinkedBlockingQueue<RequestLine> log = new LinkedBlockingQueue<>();
    private final Gateway gateway = Gateway.start(
            GatewayConfig.DEFAULTS.at("127.0.0.1", 0).within(Limits.DEFAULTS.withInFlight(50)),
            releases,
            Governor.OPEN,
            log::add);
    private final OpenAIClient client = OpenAIOkHttpClient.builder()
            .baseUrl("http://127.0.0.1:" + gateway.port() + "/v1")
            .apiKey("none is needed")
            .maxRetries(0)
            .timeout(Duration.ofSeconds(20))
            .build();

    /** What the orders task fills in, as a caller's own class. */
    public static final class Order {
        public String item = "";
        public int count;
        public Optional<String> note = Optional.empty();
    }

    @BeforeEach
    void promote() {
        SequencedMap<String, String> labels = new LinkedHashMap<>();
        labels.put("billing", "");
        labels.put("delivery", "");
        releases.promote(RuleSolver.release(
                "support-routing",
                new OutputContract.Labels(labels, null),
                input -> new Output.Label(input.contains("invoice") ? "billing" : "delivery")));
        releases.promote(RuleSolver.release(
                "orders", new OutputContract.Fields((Json.Obj) JsonText.parse("""
                        {"type":"object","properties":{"item":{"type":"string"},"count":{"type":"integer","minimum":1},
                         "note":{"type":["string","null"]}},"required":["item","count","note"],"additionalProperties":false}""")), input -> {
                    String[] words = input.split(" ", 2);
                    return new Output.Fields(Json.object(
                            "item",
                            Json.of(words[1]),
                            "count",
                            Json.of(Long.parseLong(words[0])),
                            "note",
                            Json.Nil.NULL));
                }));
        releases.promote(RuleSolver.release("echo", new OutputContract.Text(), Output.Text::new));
        releases.promote(RuleSolver.release(
                "mute", new OutputContract.Text(), input -> new Output.NoAnswer("the model broke off")));
        releases.promote(RuleSolver.release("broken", new OutputContract.Text(), input -> {
            throw new IllegalStateException("a secret inside");
        }));
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
        releases.close();
    }

    private static ChatCompletionCreateParams.Builder ask(String model, String text) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(text);
    }

    private RequestLine logged() throws InterruptedException {
        return Objects.requireNonNull(log.poll(10, TimeUnit.SECONDS), "no request was written down");
    }

    @Test
    void lists_and_retrieves_the_served_tasks_as_models() {
        assertThat(client.models().list().data())
                .extracting(Model::id)
                .containsExactly("broken", "echo", "mute", "orders", "support-routing");
        Model model = client.models().retrieve("orders");
        assertThat(model.ownedBy()).isEqualTo("rung");
        assertThat(model.created()).isEqualTo(1_795_169_730L);
    }

    @Test
    void gets_an_answer_with_usage_release_and_headers() {
        ChatCompletionCreateParams params = ask("support-routing", "My invoice is wrong")
                .temperature(0.0)
                .topP(1.0)
                .maxCompletionTokens(16)
                .safetyIdentifier("ada")
                .build();
        try (HttpResponseFor<ChatCompletion> raw =
                client.chat().completions().withRawResponse().create(params)) {
            ChatCompletion completion = raw.parse();
            completion.validate();
            assertThat(completion.choices()).hasSize(1);
            ChatCompletion.Choice choice = completion.choices().getFirst();
            assertThat(choice.message().content()).contains("billing");
            assertThat(choice.message().refusal()).isEmpty();
            assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
            assertThat(completion.model()).isEqualTo("support-routing");
            assertThat(completion.usage().orElseThrow().promptTokens()).isEqualTo(4);
            assertThat(completion.usage().orElseThrow().totalTokens()).isEqualTo(5);
            assertThat(raw.headers().values("x-rung-release")).containsExactly("support-routing-1");
            assertThat(raw.headers().values("x-rung-price-usd")).containsExactly("0.00000041");
            assertThat(raw.headers().values("x-rung-dropped"))
                    .singleElement()
                    .asString()
                    .contains("temperature", "top_p", "max_completion_tokens", "safety_identifier");
            assertThat(raw.requestId()).isPresent();
        }
    }

    @Test
    void streams_an_answer_chunk_by_chunk_with_usage_at_the_end() {
        ChatCompletionCreateParams params = ask("echo", "ein „Gruß“ 👋")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(params)) {
            stream.stream()
                    .peek(ChatCompletionChunk::validate)
                    .map(whole::accumulate)
                    .forEach(chunks::add);
        }
        assertThat(chunks).hasSize(4);
        assertThat(chunks.subList(0, 3)).allMatch(chunk -> chunk.usage().isEmpty());
        assertThat(chunks.getLast().choices()).isEmpty();
        ChatCompletion completion = whole.chatCompletion();
        assertThat(completion.choices().getFirst().message().content()).contains("ein „Gruß“ 👋");
        assertThat(completion.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(completion.usage().orElseThrow().completionTokens()).isEqualTo(1);
    }

    @Test
    void text_parts_are_one_input_and_other_parts_are_refused() {
        ChatCompletionContentPart text = ChatCompletionContentPart.ofText(
                ChatCompletionContentPartText.builder().text("one").build());
        ChatCompletionContentPart image = ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                        .url("https://example.org/a.png")
                        .build())
                .build());
        ChatCompletion both = client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("echo")
                        .addUserMessageOfArrayOfContentParts(List.of(text, text))
                        .build());
        assertThat(both.choices().getFirst().message().content()).contains("one\none");
        BadRequestException refused = catchThrowableOfType(
                BadRequestException.class,
                () -> client.chat()
                        .completions()
                        .create(ChatCompletionCreateParams.builder()
                                .model("echo")
                                .addUserMessageOfArrayOfContentParts(List.of(text, image))
                                .build()));
        assertThat(refused.param()).contains("messages[0].content[1].type");
    }

    @Test
    void structured_output_comes_back_as_the_callers_class() {
        Order order = client.chat()
                .completions()
                .create(ask("orders", "12 rye rolls")
                        .responseFormat(Order.class)
                        .build())
                .choices()
                .getFirst()
                .message()
                .content()
                .orElseThrow();
        assertThat(order.item).isEqualTo("rye rolls");
        assertThat(order.count).isEqualTo(12);
        assertThat(order.note).isEmpty();
    }

    @Test
    void structured_output_that_the_task_does_not_give_is_a_bad_request() {
        BadRequestException refused = catchThrowableOfType(
                BadRequestException.class,
                () -> client.chat()
                        .completions()
                        .create(ask("support-routing", "hello")
                                .responseFormat(Order.class)
                                .build()));
        assertThat(refused.param()).contains("response_format.type");
        assertThat(refused.getMessage()).contains("The task answers with one of its labels");
    }

    @Test
    void errors_arrive_as_the_clients_own_exceptions_streamed_or_not() {
        NotFoundException unknown = catchThrowableOfType(
                NotFoundException.class,
                () -> client.chat().completions().create(ask("gpt-5-mini", "hi").build()));
        assertThat(unknown.code()).contains("model_not_found");
        assertThat(unknown.getMessage()).contains("support-routing");
        assertThatThrownBy(() -> client.models().retrieve("gpt-5-mini")).isInstanceOf(NotFoundException.class);

        BadRequestException twice = catchThrowableOfType(
                BadRequestException.class,
                () -> client.chat().completions().create(ask("echo", "hi").n(2).build()));
        assertThat(twice.param()).contains("n");
        assertThat(twice.type()).contains("invalid_request_error");

        UnprocessableEntityException mute = catchThrowableOfType(
                UnprocessableEntityException.class,
                () -> client.chat().completions().create(ask("mute", "hi").build()));
        assertThat(mute.code()).contains("no_answer");
        assertThat(mute.headers().values("x-rung-release")).containsExactly("mute-1");

        InternalServerException broken = catchThrowableOfType(
                InternalServerException.class,
                () -> client.chat().completions().create(ask("broken", "hi").build()));
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.getMessage()).doesNotContain("secret");

        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .createStreaming(ask("mute", "hi").build()))
                .isInstanceOf(UnprocessableEntityException.class);
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .createStreaming(ask("gpt-5-mini", "hi").build()))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void fifty_calls_at_once_get_their_own_answers() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String text = "question " + i;
                boolean streamed = i % 2 == 0;
                answers.add(callers.submit(() -> streamed ? streamed(text) : whole(text)));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(answers.get(i).get()).isEqualTo("question " + i);
            }
        }
    }

    private String whole(String text) {
        return client.chat()
                .completions()
                .create(ask("echo", text).build())
                .choices()
                .getFirst()
                .message()
                .content()
                .orElseThrow();
    }

    private String streamed(String text) {
        StringBuilder all = new StringBuilder();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(ask("echo", text).build())) {
            stream.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .forEach(choice -> choice.delta().content().ifPresent(all::append));
        }
        return all.toString();
    }

    @Test
    void a_stream_that_the_client_gives_up_is_noticed_and_harms_nobody() throws Exception {
        String flood = "x".repeat(30_000_000);
        releases.promote(RuleSolver.release("flood", new OutputContract.Text(), input -> new Output.Text(flood)));
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(ask("flood", "hi").build())) {
            assertThat(stream.stream().findFirst()).isPresent();
        }
        assertThat(logged().end()).isEqualTo(RequestLine.End.CALLER_GONE);
        assertThat(whole("still here")).isEqualTo("still here");
    }

    @Test
    void a_call_that_times_out_leaves_the_gateway_working() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        releases.promote(RuleSolver.release("slow", new OutputContract.Text(), input -> {
            await(go);
            return new Output.Text("late");
        }));
        OpenAIClient hasty = client.withOptions(options -> options.timeout(com.openai.core.Timeout.builder()
                .request(Duration.ofMillis(300))
                .build()));
        assertThatThrownBy(() ->
                        hasty.chat().completions().create(ask("slow", "hi").build()))
                .isInstanceOf(OpenAIIoException.class);
        go.countDown();
        assertThat(whole("still here")).isEqualTo("still here");
    }

    @Test
    void a_refusal_for_want_of_room_is_retried_by_the_client_until_there_is_room() throws Exception {
        CountDownLatch entered = new CountDownLatch(50);
        CountDownLatch go = new CountDownLatch(1);
        releases.promote(RuleSolver.release("slow", new OutputContract.Text(), input -> {
            entered.countDown();
            await(go);
            return new Output.Text("late");
        }));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ChatCompletion>> early = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                early.add(callers.submit(() ->
                        client.chat().completions().create(ask("slow", "hi").build())));
            }
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            InternalServerException full = catchThrowableOfType(InternalServerException.class, () -> whole("room?"));
            assertThat(full.statusCode()).isEqualTo(503);
            assertThat(full.code()).contains("overloaded");
            OpenAIClient retrying = client.withOptions(options -> options.maxRetries(2));
            Future<ChatCompletion> patient = callers.submit(() ->
                    retrying.chat().completions().create(ask("echo", "room?").build()));
            assertThat(logged().status()).isEqualTo(503);
            assertThat(logged().status()).isEqualTo(503); // the patient one's first try
            go.countDown();
            assertThat(patient.get().choices().getFirst().message().content()).contains("room?");
            for (Future<ChatCompletion> each : early) {
                assertThat(each.get().choices().getFirst().message().content()).contains("late");
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(15, TimeUnit.SECONDS)) {
                throw new AssertionError("waited too long");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
