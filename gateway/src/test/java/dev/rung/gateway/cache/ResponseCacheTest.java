package dev.rung.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.model.Residency;
import dev.rung.gateway.http.Arrival;
import dev.rung.gateway.http.Bytes;
import dev.rung.gateway.http.Notes;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.KeptReply;
import dev.rung.gateway.policy.Operation;
import dev.rung.gateway.policy.Proposal;
import dev.rung.gateway.policy.Target;
import dev.rung.store.Traffic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseCacheTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String BODY =
            "{\"model\":\"m\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String REPLY =
            "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hello\",\"refusal\":null,\"tool_calls\":[]},"
                    + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":3}}}";

    @TempDir
    private Path state;

    private Traffic traffic;
    private ResponseCache cache;

    @BeforeEach
    void open() {
        traffic = Traffic.open(state);
        cache = new ResponseCache(traffic.replies());
    }

    @AfterEach
    void close() {
        cache.close();
        traffic.close();
    }

    private static Proposal call(
            String body, Dialect dialect, boolean streamed, String version, Map<String, String> headers) {
        return new Proposal(
                new Arrival(
                        "req-1", null, Instant.now(), System.nanoTime(), "POST", "/v1/chat/completions", new Notes()),
                headers::get,
                null,
                dialect,
                Operation.GENERATE,
                "m",
                streamed,
                Bytes.of(body.getBytes(StandardCharsets.UTF_8)),
                List.of(new Target("up/" + version, "up", dialect, version, Residency.EU, null)));
    }

    private static Proposal call(String body) {
        return call(body, Dialect.OPENAI, false, "m-1", Map.of());
    }

    private @Nullable KeptReply look(ResponseCache in, Proposal call) {
        ResponseCache.Lookup lookup = in.lookup(call, "team:a", HOUR);
        KeptReply kept = lookup.find();
        lookup.end(500, false, null, null);
        return kept;
    }

    private void answer(Proposal call, String reply, String contentType) {
        ResponseCache.Lookup lookup = cache.lookup(call, "team:a", HOUR);
        assertThat(lookup.find()).isNull();
        assertThat(lookup.state()).isEqualTo("miss");
        assertThat(lookup.wanted()).isTrue();
        lookup.end(200, true, Bytes.of(reply.getBytes(StandardCharsets.UTF_8)), contentType);
    }

    private static String text(@Nullable KeptReply kept) {
        return new String(Objects.requireNonNull(kept, "a kept reply").body().array(), StandardCharsets.UTF_8);
    }

    @Test
    void an_equal_call_gets_the_same_reply_in_which_nothing_was_used() {
        answer(call(BODY), REPLY, "application/json");
        KeptReply kept = Objects.requireNonNull(
                look(
                        cache,
                        call(
                                "{ \"messages\" : [{\"content\":\"hi\",\"role\":\"user\"}], \"temperature\": 0.0, \"model\": \"m\" }")));
        assertThat(text(kept))
                .isEqualTo(REPLY.replace(":9,", ":0,")
                        .replace("_tokens\":2", "_tokens\":0")
                        .replace("_tokens\":3", "_tokens\":0"));
        assertThat(kept.headers()).containsEntry("x-rung-cache", "hit").containsEntry("x-rung-price-usd", "0");
    }

    @Test
    void whatever_changes_the_answer_makes_another_call() {
        answer(call(BODY), REPLY, "application/json");
        assertThat(look(cache, call(BODY.replace("\"temperature\":0", "\"temperature\":0.1"))))
                .isNull();
        assertThat(look(cache, call(BODY.replace("{\"model\"", "{\"new_field\":1,\"model\""))))
                .isNull();
        assertThat(look(cache, call(BODY, Dialect.ANTHROPIC, false, "m-1", Map.of())))
                .isNull();
        assertThat(look(cache, call(BODY, Dialect.OPENAI, true, "m-1", Map.of())))
                .isNull();
        assertThat(look(cache, call(BODY, Dialect.OPENAI, false, "m-2", Map.of())))
                .isNull();
        assertThat(look(cache, call(BODY, Dialect.OPENAI, false, "m-1", Map.of("anthropic-beta", "x"))))
                .isNull();
        assertThat(cache.lookup(call(BODY), "team:b", HOUR).find())
                .as("another tenant")
                .isNull();
        assertThat(look(cache, call(BODY))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"message\":{\"content\":\"hel\"},\"finish_reason\":\"length\"}]}",
                "{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[{\"id\":\"1\"}]},\"finish_reason\":\"tool_calls\"}]}",
                "{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"no\"},\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"content_filter\"}]}",
                "{\"error\":{\"message\":\"overloaded\"}}",
                "{\"content\":[{\"type\":\"tool_use\",\"id\":\"1\"}],\"stop_reason\":\"tool_use\"}",
                "{\"content\":[{\"type\":\"text\",\"text\":\"x\"}],\"stop_reason\":\"max_tokens\"}",
                "{\"content\":[],\"stop_reason\":\"refusal\"}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\"}}]},\"finishReason\":\"STOP\"}]}",
                "{\"candidates\":[{\"finishReason\":\"SAFETY\"}]}",
                "{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"},\"output\":[]}",
                "{\"choices\":[{\"message\":{\"content\":\"no end\"}}]}",
                "not json"
            })
    void errors_truncations_refusals_and_tool_calls_are_never_kept(String reply) {
        answer(call(BODY), reply, "application/json");
        assertThat(look(cache, call(BODY))).isNull();
    }

    @Test
    void a_stream_is_given_again_as_it_was_unless_it_broke_off() {
        Proposal call = call(BODY, Dialect.ANTHROPIC, true, "m-1", Map.of());
        String stream = """
                event: message_start
                data: {"type":"message_start","message":{"usage":{"input_tokens":9}}}

                event: content_block_delta
                data: {"type":"content_block_delta","delta":{"text":"hé"}}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":4}}

                """;
        answer(call, stream, "text/event-stream");
        assertThat(look(cache, call)).isNull();
        answer(
                call,
                stream + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
                "text/event-stream; charset=utf-8");
        assertThat(text(look(cache, call)))
                .startsWith(
                        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":0}}}\n\n")
                .contains("\"hé\"", "\"usage\":{\"output_tokens\":0}")
                .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    @Test
    void a_chat_stream_needs_its_done() {
        Proposal call = call(BODY, Dialect.OPENAI, true, "m-1", Map.of());
        String events = "data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n";
        answer(call, events, "text/event-stream");
        assertThat(look(cache, call)).isNull();
        answer(call, events + "data: [DONE]\n\n", "text/event-stream");
        assertThat(text(look(cache, call))).isEqualTo(events + "data: [DONE]\n\n");
    }

    @Test
    void a_caller_can_refresh_bypass_and_ask_for_younger_replies() throws InterruptedException {
        answer(call(BODY), REPLY, "application/json");
        ResponseCache.Lookup bypass = cache.lookup(
                call(BODY, Dialect.OPENAI, false, "m-1", Map.of("x-rung-cache", "bypass")), "team:a", HOUR);
        assertThat(bypass.find()).isNull();
        assertThat(bypass.wanted()).isFalse();
        assertThat(bypass.state()).isEqualTo("bypass");
        ResponseCache.Lookup refresh = cache.lookup(
                call(BODY, Dialect.OPENAI, false, "m-1", Map.of("x-rung-cache", "refresh")), "team:a", HOUR);
        assertThat(refresh.find()).isNull();
        refresh.end(
                200,
                true,
                Bytes.of(REPLY.replace("hello", "again").getBytes(StandardCharsets.UTF_8)),
                "application/json");
        assertThat(text(look(cache, call(BODY)))).contains("again");
        Thread.sleep(1_100);
        assertThat(look(cache, call(BODY, Dialect.OPENAI, false, "m-1", Map.of("x-rung-cache-ttl", "1"))))
                .isNull();
        assertThat(look(cache, call(BODY))).isNotNull();
    }

    @Test
    void kept_replies_are_there_after_a_restart() throws InterruptedException {
        answer(call(BODY), REPLY, "application/json");
        for (int i = 0; i < 500 && traffic.replies().count() == 0; i++) {
            Thread.sleep(10); // it is written behind the reply
        }
        try (ResponseCache fresh = new ResponseCache(traffic.replies())) {
            assertThat(look(fresh, call(BODY))).isNotNull();
        }
    }

    @Test
    void of_a_hundred_equal_calls_at_once_one_is_made() throws Exception {
        AtomicInteger made = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> replies = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                replies.add(threads.submit(() -> {
                    start.await();
                    ResponseCache.Lookup lookup = cache.lookup(call(BODY), "team:a", HOUR);
                    KeptReply kept = lookup.find();
                    if (kept != null) {
                        lookup.end(200, true, null, null);
                        return text(kept);
                    }
                    made.incrementAndGet();
                    Thread.sleep(50);
                    lookup.end(200, true, Bytes.of(REPLY.getBytes(StandardCharsets.UTF_8)), "application/json");
                    return "made";
                }));
            }
            start.countDown();
            for (Future<String> reply : replies) {
                reply.get();
            }
        }
        assertThat(made).hasValue(1);
        assertThat(cache.hits()).isEqualTo(99);
    }

    @Test
    void when_the_first_of_equal_calls_fails_the_others_are_made() throws Exception {
        ResponseCache.Lookup first = cache.lookup(call(BODY), "team:a", HOUR);
        assertThat(first.find()).isNull();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> second = threads.submit(() -> {
                ResponseCache.Lookup lookup = cache.lookup(call(BODY), "team:a", HOUR);
                boolean missed = lookup.find() == null;
                lookup.end(502, false, null, null);
                return missed;
            });
            Thread.sleep(30);
            assertThat(second.isDone()).isFalse();
            first.end(502, false, null, null);
            assertThat(second.get()).isTrue();
        }
    }
}
