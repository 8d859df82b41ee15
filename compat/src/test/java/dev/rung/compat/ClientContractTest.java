package dev.rung.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rung.compat.played.Others;
import dev.rung.compat.played.PlayedServer;
import dev.rung.compat.played.Say;
import dev.rung.compat.played.Told;
import dev.rung.compat.played.Vendor;
import dev.rung.core.json.Json;
import dev.rung.gateway.log.RequestLine;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every client must get from every kind of upstream, on real sockets: one cell of the table each. */
@ParameterizedClass
@EnumSource(Clients.class)
class ClientContractTest {
    private static final String MODEL = "assistant-0";
    private static final Say GREETING = Say.words("Good ", "mor", "ning, „Zoë“ 👋");
    private static final Ask.Tool WEATHER = new Ask.Tool("weather", List.of("city"));
    private static final Ask.Tool CLOCK = new Ask.Tool("clock", List.of());
    private static final Say.Call OSLO = new Say.Call("call_A1", "weather", List.of("{\"ci", "ty\":\"Os", "lo\"}"));
    private static final Say.Call ROME = new Say.Call("call_B2", "weather", List.of("{\"city\":", "\"Rome\"}"));
    private static final Say.Call NOW = new Say.Call("call_C3", "clock", List.of());
    private static final Got.Call ASKED_OSLO = new Got.Call("weather", city("Oslo"));
    private static final Got.Call ASKED_ROME = new Got.Call("weather", city("Rome"));

    /** One black pixel. */
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";

    /** The begin of a document, which nobody here reads. */
    private static final String PDF = "JVBERi0xLjcKJSVFT0YK";

    /** What a vendor may say when it does not answer. */
    private static final List<Integer> STATUSES = List.of(400, 401, 404, 429, 500, 529);

    private static final String LATER = "Wed, 02 Dec 2099 07:28:00 GMT";

    private final Clients clients;

    ClientContractTest(Clients clients) {
        this.clients = clients;
    }

    private static Json.Obj city(String name) {
        return Json.object("city", Json.of(name));
    }

    /** What a check of a client in front of a played vendor has at hand. */
    private record Bench(Client client, PlayedServer server, Vendor vendor, Running running) {
        Told told() {
            return vendor.told(server.only());
        }
    }

    @FunctionalInterface
    private interface Check<T> {
        void run(T with) throws Exception;
    }

    /** Runs a cell whose upstream is a played vendor, or a task. */
    private void cell(
            Feature feature, Upstream upstream, PlayedServer.Script script, Check<Bench> vendor, Check<Client> task)
            throws Exception {
        Cells.Cell cell = new Cells.Cell(clients.title(), feature.title(), upstream.title());
        ByDesign refused = ByDesign.of(clients, feature, upstream);
        if (upstream == Upstream.TASK) {
            try (Running running = Running.tasks();
                    Client client = clients.open(running.port(), MODEL, 0)) {
                has(client, feature, cell, refused, () -> task.run(client));
            }
            return;
        }
        try (PlayedServer server = new PlayedServer(script);
                Running running = Running.before(upstream.vendor(), server, STATUSES.size(), 1);
                Client client = clients.open(running.port(), MODEL, 0)) {
            Bench bench = new Bench(client, server, upstream.vendor(), running);
            has(client, feature, cell, refused, () -> vendor.run(bench));
            if (refused != null) {
                assertThat(server.requests()).isEmpty();
            }
        }
    }

    private static String passes(Cells.Cell cell) {
        boolean inOrder = cell.row().equals(Feature.STREAMED_CALLS.title())
                && cell.table().equals(Clients.LANGCHAIN_OPENAI.title())
                && cell.column().equals(Upstream.OPENAI.title());
        return inOrder ? Cells.PASSES + " (7)" : Cells.PASSES;
    }

    private static void has(
            Client client, Feature feature, Cells.Cell cell, @Nullable ByDesign refused, Cells.Check check)
            throws Exception {
        if (!client.features().contains(feature)) {
            assertThat(client.features()).isNotEmpty();
            Cells.record(cell, Cells.NONE);
        } else if (refused == null) {
            Cells.run(cell, passes(cell), check);
        } else {
            Cells.run(cell, refused.outcome(), () -> {
                Failure failure = client.failure(catchThrowable(check::run));
                assertThat(failure.said()).contains(refused.says());
                if (failure.status() != 0) {
                    assertThat(failure.status()).isEqualTo(400);
                }
            });
        }
    }

    private void cell(Feature feature, Upstream upstream, Say say, Check<Bench> vendor, Check<Client> task)
            throws Exception {
        PlayedServer.Script script =
                (request, to) -> PlayedServer.saying(upstream.vendor(), say).play(request, to);
        cell(feature, upstream, script, vendor, task);
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void a_question_is_answered_with_usage_and_an_id_of_the_vendors_form(Upstream upstream) throws Exception {
        cell(
                Feature.CHAT,
                upstream,
                GREETING,
                bench -> {
                    Got got = bench.client().chat(Ask.of("Who is there?"));
                    assertThat(got.text()).isEqualTo(GREETING.text());
                    assertThat(got.id()).startsWith(bench.client().idPrefix());
                    assertThat(got.input()).isEqualTo(11);
                    assertThat(got.output()).isEqualTo(7);
                    Told told = bench.told();
                    assertThat(told.model()).isEqualTo(bench.vendor().model());
                    assertThat(told.said()).containsExactly("Who is there?");
                    assertThat(bench.server().only().headers().values())
                            .as("the vendor's key in place of the caller's")
                            .anyMatch(value -> value.contains("sk-of-the-vendor"))
                            .noneMatch(value -> value.contains("none is needed"));
                },
                client -> {
                    Got got = client.chat(Ask.of("Who is there?"));
                    assertThat(got.text()).isEqualTo("Who is there?");
                    assertThat(got.id()).startsWith(client.idPrefix());
                    assertThat(got.input()).isEqualTo(3);
                    assertThat(got.output()).isEqualTo(1);
                });
    }

    /** The vendor sends a piece only when the client has the one before it, so that nothing between them may wait for more. */
    @ParameterizedTest
    @EnumSource(Upstream.class)
    void a_stream_arrives_piece_by_piece_with_usage_at_the_end(Upstream upstream) throws Exception {
        Semaphore taken = new Semaphore(1);
        PlayedServer.Script script = (request, to) -> {
            to.streamHead();
            int piece = 0;
            for (String event : upstream.vendor().events(GREETING)) {
                if (piece < GREETING.words().size()
                        && event.contains("\"" + GREETING.words().get(piece) + "\"")) {
                    if (!taken.tryAcquire(10, TimeUnit.SECONDS)) {
                        to.vanish();
                    }
                    piece++;
                }
                to.chunk(event);
            }
            to.write("0\r\n\r\n");
        };
        Consumer<String> take = piece -> taken.release();
        cell(
                Feature.STREAM,
                upstream,
                script,
                bench -> {
                    Got got = bench.client().stream(Ask.of("Who is there?"), take);
                    assertThat(got.pieces()).isEqualTo(GREETING.words());
                    assertThat(got.id()).startsWith(bench.client().idPrefix());
                    assertThat(got.input()).isEqualTo(11);
                    assertThat(got.output()).isEqualTo(7);
                    assertThat(bench.told().said()).containsExactly("Who is there?");
                },
                client -> {
                    Got got = client.stream(Ask.of("ein „Gruß“ 👋"), take);
                    assertThat(got.text()).isEqualTo("ein „Gruß“ 👋");
                    assertThat(got.input()).isEqualTo(3);
                    assertThat(got.output()).isEqualTo(1);
                });
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void instructions_reach_a_model_and_leave_a_task_as_it_was_certified(Upstream upstream) throws Exception {
        Ask ask = Ask.of("Who is there?").under("Be brief.");
        cell(
                Feature.SYSTEM,
                upstream,
                GREETING,
                bench -> {
                    assertThat(bench.client().chat(ask).text()).isEqualTo(GREETING.text());
                    assertThat(bench.told().system()).isEqualTo("Be brief.");
                    assertThat(bench.told().said()).containsExactly("Who is there?");
                },
                client -> assertThat(client.chat(ask).text()).isEqualTo("Who is there?"));
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void a_tool_is_called(Upstream upstream) throws Exception {
        Ask ask = Ask.of("Is it cold in Oslo?").with(WEATHER);
        cell(
                Feature.TOOL_CALL,
                upstream,
                Say.calls(OSLO),
                bench -> {
                    Got got = bench.client().chat(ask);
                    assertThat(got.calls()).containsExactly(ASKED_OSLO);
                    Told.Tool tool = bench.told().tools().getFirst();
                    assertThat(tool.name()).isEqualTo("weather");
                    // LangChain4j writes Gemini's older schemas, whose types are in capitals; they pass as they are.
                    assertThat(((Json.Obj) tool.schema()).require("properties").compact())
                            .isEqualToIgnoringCase(
                                    WEATHER.schema().require("properties").compact());
                },
                client -> client.chat(ask));
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void tools_are_called_in_parallel(Upstream upstream) throws Exception {
        Ask ask = Ask.of("Where is it colder?").with(WEATHER, CLOCK);
        cell(
                Feature.PARALLEL_CALLS,
                upstream,
                Say.calls(OSLO, ROME),
                bench -> {
                    assertThat(bench.client().chat(ask).calls()).containsExactly(ASKED_OSLO, ASKED_ROME);
                    assertThat(bench.told().tools()).extracting(Told.Tool::name).containsExactly("weather", "clock");
                },
                client -> client.chat(ask));
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void arguments_of_parallel_calls_come_in_fragments(Upstream upstream) throws Exception {
        Ask ask = Ask.of("Where is it colder?").with(WEATHER);
        // LangChain4j takes a fragment of a call that comes after the next one has begun for a call without a name.
        boolean inOrder = clients == Clients.LANGCHAIN_OPENAI && upstream == Upstream.OPENAI;
        Say both = Say.calls(OSLO, ROME);
        cell(
                Feature.STREAMED_CALLS,
                upstream,
                inOrder ? both : both.interleaving(),
                bench -> assertThat(bench.client().stream(ask, piece -> {}).calls())
                        .containsExactly(ASKED_OSLO, ASKED_ROME),
                client -> client.stream(ask, piece -> {}));
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void a_call_without_arguments_has_an_empty_object(Upstream upstream) throws Exception {
        Ask ask = Ask.of("How late is it?").with(CLOCK);
        cell(
                Feature.EMPTY_ARGUMENTS,
                upstream,
                Say.calls(NOW),
                bench -> {
                    Got.Call expected = new Got.Call("clock", Json.object());
                    assertThat(bench.client().chat(ask).calls()).containsExactly(expected);
                    assertThat(bench.client().stream(ask, piece -> {}).calls()).containsExactly(expected);
                },
                client -> client.chat(ask));
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void results_of_tools_go_back(Upstream upstream) throws Exception {
        Ask ask = Ask.of("Where is it colder?")
                .with(WEATHER)
                .after(
                        new Ask.Done("call_A1", "weather", city("Oslo"), "-7 °C"),
                        new Ask.Done("call_B2", "weather", city("Rome"), "12 °C"));
        cell(
                Feature.TOOL_RESULTS,
                upstream,
                GREETING,
                bench -> {
                    assertThat(bench.client().chat(ask).text()).isEqualTo(GREETING.text());
                    assertThat(bench.told().calls())
                            .containsExactly(
                                    new Told.Called("weather", city("Oslo")), new Told.Called("weather", city("Rome")));
                    // An object without Gemini's own names for a result is passed on as it is.
                    assertThat(bench.told().results()).hasSize(2);
                    assertThat(bench.told().results().getFirst()).contains("-7 °C");
                    assertThat(bench.told().results().getLast()).contains("12 °C");
                },
                client -> client.chat(ask.with()));
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void an_answer_follows_a_schema(Upstream upstream) throws Exception {
        Ask ask = Ask.of("rye rolls").answeredBy(Running.ORDER);
        cell(
                Feature.STRUCTURED,
                upstream,
                Say.words("{\"item\":", "\"rye rolls\"}"),
                bench -> {
                    assertThat(bench.client().chat(ask).text()).isEqualTo("{\"item\":\"rye rolls\"}");
                    assertThat(bench.told().schema()).isEqualTo(Running.ORDER);
                },
                client -> {
                    try (Running running = Running.tasks();
                            Client orders = clients.open(running.port(), "orders", 0)) {
                        assertThat(orders.chat(ask).text()).isEqualTo("{\"item\":\"rye rolls\"}");
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void an_image_is_seen(Upstream upstream) throws Exception {
        Ask ask = Ask.of("What is it?").seeing("image/png", PIXEL);
        cell(
                Feature.IMAGE,
                upstream,
                GREETING,
                bench -> {
                    assertThat(bench.client().chat(ask).text()).isEqualTo(GREETING.text());
                    assertThat(bench.told().attachment()).isEqualTo("image/png " + PIXEL);
                    assertThat(bench.told().said()).containsExactly("What is it?");
                },
                client -> client.chat(ask));
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void a_document_is_read(Upstream upstream) throws Exception {
        Ask ask = Ask.of("What does it say?").seeing("application/pdf", PDF);
        cell(
                Feature.DOCUMENT,
                upstream,
                GREETING,
                bench -> {
                    assertThat(bench.client().chat(ask).text()).isEqualTo(GREETING.text());
                    assertThat(bench.told().attachment()).isEqualTo("application/pdf " + PDF);
                },
                client -> client.chat(ask));
    }

    /** An option reaches the vendor under its name for it, or is refused; a task is asked as it was certified. */
    private void option(Feature feature, Upstream upstream, Ask.Option option, String name, Json value)
            throws Exception {
        Ask ask = Ask.of("hello").by(option);
        cell(
                feature,
                upstream,
                GREETING,
                bench -> {
                    assertThat(bench.client().chat(ask).text()).isEqualTo(GREETING.text());
                    assertThat(bench.told().settings()).hasSize(1);
                    assertThat(String.valueOf(bench.told().settings().get(name)))
                            .isEqualTo(value.toString());
                },
                client -> assertThat(client.chat(ask).text()).isEqualTo("hello"));
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void little_reasoning_is_asked_for(Upstream upstream) throws Exception {
        option(Feature.EFFORT, upstream, new Ask.Option.LowEffort(), "effort", Json.of("low"));
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void an_answer_stops_at_a_sequence(Upstream upstream) throws Exception {
        option(Feature.STOP, upstream, new Ask.Option.Stop("END"), "stop", Json.strings(List.of("END")));
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void an_answer_has_a_seed(Upstream upstream) throws Exception {
        option(Feature.SEED, upstream, new Ask.Option.Seed(7), "seed", Json.of(7));
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void several_answers_are_asked_for(Upstream upstream) throws Exception {
        option(Feature.ANSWERS, upstream, new Ask.Option.Answers(2), "answers", Json.of(2));
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void few_tokens_are_drawn_from(Upstream upstream) throws Exception {
        option(Feature.TOP_K, upstream, new Ask.Option.TopK(40), "top_k", Json.of(40));
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void texts_become_vectors(Upstream upstream) throws Exception {
        List<String> texts = List.of("one", "two");
        cell(
                Feature.EMBEDDINGS,
                upstream,
                Others::play,
                bench -> {
                    assertThat(bench.client().embed(texts)).containsExactly(Others.vector(0), Others.vector(1));
                    assertThat(Others.texts(bench.server().only())).isEqualTo(texts);
                    assertThat(Others.models(bench.server().only()))
                            .isNotEmpty()
                            .allMatch(name -> name.replace("models/", "")
                                    .equals(bench.vendor().model()));
                },
                client -> client.embed(texts));
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void tokens_are_counted(Upstream upstream) throws Exception {
        cell(
                Feature.COUNT,
                upstream,
                Others::play,
                bench -> {
                    assertThat(bench.client().count(Ask.of("How many?"))).isEqualTo(Others.COUNT);
                    assertThat(bench.told().said()).containsExactly("How many?");
                    assertThat(Others.models(bench.server().only()))
                            .isNotEmpty()
                            .allMatch(name -> name.replace("models/", "")
                                    .equals(bench.vendor().model()));
                },
                client -> client.count(Ask.of("How many?")));
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void a_client_that_leaves_a_stream_ends_the_vendors(Upstream upstream) throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();
        PlayedServer.Script script = (request, to) -> {
            List<String> events = upstream.vendor().events(GREETING);
            to.streamHead();
            for (String event : events.subList(0, upstream.vendor().firstContent() + 1)) {
                to.chunk(event);
            }
            to.awaitEnd();
            ended.complete("the gateway closed the connection");
        };
        cell(
                Feature.CANCEL,
                upstream,
                script,
                bench -> {
                    bench.client().abandon(Ask.of("Tell me a long story."));
                    assertThat(ended.get(10, TimeUnit.SECONDS)).isNotNull();
                    RequestLine line =
                            Objects.requireNonNull(bench.running().log.poll(10, TimeUnit.SECONDS));
                    assertThat(line.end()).isEqualTo(RequestLine.End.CALLER_GONE);
                },
                client -> {
                    client.abandon(Ask.of("hello"));
                    assertThat(client.chat(Ask.of("still here")).text()).isEqualTo("still here");
                });
    }

    /** Each status is told by a deployment of its own, so that what one has done keeps no call away from another. */
    @ParameterizedTest
    @EnumSource(Upstream.class)
    void an_error_is_the_clients_own_exception(Upstream upstream) throws Exception {
        PlayedServer.Script script = (request, to) -> {
            int status = STATUSES.get(request.number() - 1);
            to.json(
                    status,
                    upstream.vendor().error(status, "played failure"),
                    status == 429 ? "Retry-After: 30" : status == 529 ? "Retry-After: " + LATER : "X-Played: yes");
        };
        cell(
                Feature.ERRORS,
                upstream,
                script,
                bench -> {
                    for (int status : STATUSES) {
                        String model = "assistant-" + STATUSES.indexOf(status);
                        try (Client client = clients.open(bench.running().port(), model, 0)) {
                            Failure failure = client.failure(catchThrowable(() -> client.chat(Ask.of("hello"))));
                            told(failure, status, upstream);
                        }
                    }
                    Failure unknown = unknown(bench.running());
                    assertThat(unknown.status()).isEqualTo(404);
                    assertThat(unknown.said()).contains("assistant-0");
                },
                client -> {
                    try (Running running = Running.tasks();
                            Client mute = clients.open(running.port(), "mute", 0)) {
                        Failure failure = mute.failure(catchThrowable(() -> mute.chat(Ask.of("hello"))));
                        assertThat(failure.status()).isEqualTo(422);
                        assertThat(failure.said()).contains("nothing comes to mind");
                        assertThat(unknown(running).status()).isEqualTo(404);
                    }
                });
    }

    private Failure unknown(Running running) {
        try (Client client = clients.open(running.port(), "nobody", 0)) {
            return client.failure(catchThrowable(() -> client.chat(Ask.of("hello"))));
        }
    }

    private void told(Failure failure, int status, Upstream upstream) {
        boolean same = switch (upstream) {
            case OPENAI -> clients == Clients.OPENAI_CHAT;
            case RESPONSES -> clients == Clients.OPENAI_RESPONSES;
            case ANTHROPIC -> clients == Clients.ANTHROPIC;
            case GEMINI -> clients == Clients.GEMINI;
            case TASK -> false;
        };
        int expected = switch (status) {
            // The gateway's key was refused, not the caller's.
            case 401 -> 502;
            // Only Anthropic's clients know it.
            case 529 -> clients == Clients.ANTHROPIC || same ? 529 : 503;
            default -> status;
        };
        assertThat(failure.status()).as("for " + status).isEqualTo(expected);
        assertThat(failure.kind()).as("for " + status).isEqualTo(exception(expected));
        assertThat(failure.type()).as("for " + status).isEqualTo(type(expected));
        assertThat(failure.said())
                .contains(status == 401 ? "refused the gateway's key" : "played failure")
                .doesNotContain("sk-of-the-vendor");
        if (clients != Clients.GEMINI) { // whose exceptions have no headers
            assertThat(failure.retryAfter())
                    .as("Retry-After for " + status)
                    .isEqualTo(status == 429 ? "30" : status == 529 ? LATER : null);
        }
    }

    private String exception(int status) {
        return switch (clients) {
            case OPENAI_CHAT, OPENAI_RESPONSES ->
                switch (status) {
                    case 400 -> "BadRequestException";
                    case 404 -> "NotFoundException";
                    case 429 -> "RateLimitException";
                    default -> "InternalServerException";
                };
            case ANTHROPIC ->
                switch (status) {
                    case 400 -> "BadRequestException";
                    case 404 -> "NotFoundException";
                    case 429 -> "RateLimitException";
                    case 529 -> "OverloadedException";
                    default -> "InternalServerException";
                };
            case GEMINI -> status < 500 ? "ClientException" : "ServerException";
            case LANGCHAIN_OPENAI, LANGCHAIN_ANTHROPIC, LANGCHAIN_GEMINI -> "";
        };
    }

    private String type(int status) {
        return switch (clients) {
            case OPENAI_CHAT, OPENAI_RESPONSES ->
                status == 429 ? "rate_limit_error" : status < 500 ? "invalid_request_error" : "server_error";
            case ANTHROPIC ->
                switch (status) {
                    case 400 -> "invalid_request_error";
                    case 404 -> "not_found_error";
                    case 429 -> "rate_limit_error";
                    case 529 -> "overloaded_error";
                    default -> "api_error";
                };
            case GEMINI ->
                switch (status) {
                    case 400 -> "INVALID_ARGUMENT";
                    case 404 -> "NOT_FOUND";
                    case 429 -> "RESOURCE_EXHAUSTED";
                    case 503, 529 -> "UNAVAILABLE";
                    default -> "INTERNAL";
                };
            case LANGCHAIN_OPENAI, LANGCHAIN_ANTHROPIC, LANGCHAIN_GEMINI -> "";
        };
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void models_are_listed_page_by_page_and_looked_up_one_by_one(Upstream upstream) throws Exception {
        cell(
                Feature.MODELS,
                upstream,
                GREETING,
                bench -> {
                    listed(
                            bench.client(),
                            IntStream.range(0, STATUSES.size())
                                    .mapToObj("assistant-%d"::formatted)
                                    .toList());
                    assertThat(bench.server().requests()).as("at the vendor").isEmpty();
                },
                client -> listed(client, List.of(MODEL, "flaky", "mute", "orders")));
    }

    private void listed(Client client, List<String> names) {
        assertThat(client.models()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(client.model(MODEL)).isEqualTo(MODEL);
        Failure unknown = client.failure(catchThrowable(() -> client.model("nobody")));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.kind()).isEqualTo(exception(404));
        assertThat(unknown.type()).isEqualTo(type(404));
        assertThat(unknown.said()).contains("nobody").contains(MODEL);
    }

    @ParameterizedTest
    @EnumSource(Upstream.class)
    void a_failure_that_passes_is_retried_by_the_client_or_by_the_gateway(Upstream upstream) throws Exception {
        PlayedServer.Script script = (request, to) -> {
            if (request.number() == 1) {
                to.json(503, upstream.vendor().error(503, "busy"), "Retry-After-Ms: 20");
            } else {
                PlayedServer.saying(upstream.vendor(), GREETING).play(request, to);
            }
        };
        cell(
                Feature.RETRY,
                upstream,
                script,
                bench -> {
                    try (Client patient = clients.open(bench.running().port(), MODEL, 2)) {
                        assertThat(patient.chat(Ask.of("hello")).text()).isEqualTo(GREETING.text());
                    }
                    assertThat(bench.server().requests()).as("by the client").hasSize(2);
                    try (PlayedServer server = new PlayedServer(script);
                            Running running = Running.before(upstream.vendor(), server, 1, 3);
                            Client hasty = clients.open(running.port(), MODEL, 0)) {
                        assertThat(hasty.chat(Ask.of("hello")).text()).isEqualTo(GREETING.text());
                        assertThat(server.requests()).as("by the gateway").hasSize(2);
                    }
                },
                client -> {
                    try (Running running = Running.tasks();
                            Client patient = clients.open(running.port(), "flaky", 2)) {
                        assertThat(patient.chat(Ask.of("hello")).text()).isEqualTo("hello");
                    }
                });
    }
}
