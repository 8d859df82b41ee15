package dev.rung.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.gateway.RawClient.Response;
import dev.rung.gateway.http.Limits;
import dev.rung.gateway.log.RequestLine;
import dev.rung.gateway.log.RequestLine.End;
import dev.rung.gateway.policy.Governor;
import dev.rung.gateway.route.Releases;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String QUESTION =
            "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"é 😀\"}]}";
    private static final String STREAM = QUESTION.replace("}]}", "}],\"stream\":true}");

    private final Releases releases = new Releases();
    private final RecordingLog log = new RecordingLog();
    private @Nullable Gateway gateway;

    private int start(Limits limits) {
        releases.promote(TestTasks.echo());
        Gateway started =
                Gateway.start(GatewayConfig.DEFAULTS.at("127.0.0.1", 0).within(limits), releases, Governor.OPEN, log);
        gateway = started;
        return started.port();
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        releases.close();
    }

    private static String code(Response response) {
        return ((Json.Obj) JsonText.parse(response.body())).object("error").string("code");
    }

    @Test
    void requests_that_come_byte_by_byte_are_understood() throws Exception {
        try (RawClient client = new RawClient(start(Limits.DEFAULTS))) {
            for (byte b : RawClient.post(CHAT, QUESTION).getBytes(StandardCharsets.UTF_8)) {
                client.send(new byte[] {b});
            }
            Response response = client.response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).contains("\"content\":\"é 😀\"");
        }
    }

    @Test
    void requests_sent_ahead_are_answered_in_order_on_one_connection() throws Exception {
        try (RawClient client = new RawClient(start(Limits.DEFAULTS))) {
            client.send(RawClient.post(CHAT, QUESTION)
                    + RawClient.post(CHAT, "{")
                    + RawClient.post(CHAT, STREAM)
                    + RawClient.get("/v1/models")
                    + RawClient.get("/nowhere")
                    + RawClient.get("/health"));
            assertThat(client.response().body()).contains("chat.completion");
            assertThat(client.response().status()).isEqualTo(400);
            assertThat(client.response().body()).endsWith("data: [DONE]\n\n");
            assertThat(client.response().body()).contains("\"id\":\"echo\"");
            assertThat(client.response().status()).isEqualTo(404);
            assertThat(client.response().body()).isEqualTo("{\"status\":\"ok\"}");
        }
    }

    @Test
    void a_chunked_body_is_read() throws Exception {
        try (RawClient client = new RawClient(start(Limits.DEFAULTS))) {
            byte[] body = QUESTION.getBytes(StandardCharsets.UTF_8);
            client.send("POST " + CHAT + " HTTP/1.1\r\nHost: a\r\nContent-Type: Application/JSON; charset=UTF-8\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n");
            for (byte b : body) {
                client.send("1\r\n").send(new byte[] {b}).send("\r\n");
            }
            assertThat(client.send("0\r\n\r\n").response().body()).contains("é 😀");
            client.send("POST " + CHAT + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\nzz\r\n");
            Response malformed = client.response();
            assertThat(malformed.status()).isEqualTo(400);
            assertThat(code(malformed)).isEqualTo("malformed_http");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void each_event_of_a_stream_is_a_chunk_of_its_own() throws Exception {
        try (RawClient client = new RawClient(start(Limits.DEFAULTS))) {
            client.send(RawClient.post(CHAT, STREAM));
            assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
            while (!client.line().isEmpty()) {
                // head
            }
            List<String> chunks = new ArrayList<>();
            for (String chunk = client.chunk(); !chunk.isEmpty(); chunk = client.chunk()) {
                chunks.add(chunk);
            }
            assertThat(chunks).hasSize(4).allMatch(chunk -> chunk.startsWith("data: ") && chunk.endsWith("\n\n"));
        }
    }

    @Test
    void streams_do_not_wait_for_acknowledgements() throws Exception {
        try (RawClient client = new RawClient(start(Limits.DEFAULTS))) {
            List<Long> micros = new ArrayList<>();
            for (int i = 0; i < 41; i++) {
                long began = System.nanoTime();
                client.send(RawClient.post(CHAT, STREAM)).response();
                micros.add((System.nanoTime() - began) / 1_000);
            }
            Collections.sort(micros);
            // With Nagle's algorithm on, a stream takes a delayed acknowledgement: 40 ms.
            assertThat(micros.get(micros.size() / 2)).isLessThan(25_000);
        }
    }

    @Test
    void head_and_options_are_answered_without_a_body() throws Exception {
        try (RawClient client = new RawClient(start(Limits.DEFAULTS))) {
            Response get = client.send(RawClient.get("/v1/models")).response();
            Response head = client.send(RawClient.request("HEAD", "/v1/models")).response(false);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-length")).isEqualTo(get.header("content-length"));
            Response lost = client.send(RawClient.request("HEAD", "/nowhere")).response(false);
            assertThat(lost.status()).isEqualTo(404);
            Response options = client.send(RawClient.request("OPTIONS", CHAT)).response();
            assertThat(options.status()).isEqualTo(204);
            assertThat(options.header("allow")).isEqualTo("OPTIONS, POST");
            Response wrong = client.send(RawClient.get(CHAT)).response();
            assertThat(wrong.status()).isEqualTo(405);
            assertThat(wrong.header("allow")).isEqualTo("OPTIONS, POST");
            assertThat(code(wrong)).isEqualTo("method_not_allowed");
            Response nowhere =
                    client.send(RawClient.post("/v1/completions", QUESTION)).response();
            assertThat(nowhere.status()).isEqualTo(404);
            assertThat(nowhere.body()).contains("POST /v1/chat/completions");
            assertThat(client.send(RawClient.get("/health")).response().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_body_over_the_limit_is_a_413_that_its_sender_gets_to_read() throws Exception {
        int port = start(Limits.DEFAULTS.withBodyBytes(2_000));
        String large = QUESTION.replace("é", "x".repeat(500_000));
        try (RawClient client = new RawClient(port)) {
            Response response = client.send(RawClient.post(CHAT, large)).response();
            assertThat(response.status()).isEqualTo(413);
            assertThat(code(response)).isEqualTo("body_too_large");
            assertThat(response.body()).contains("2,000 bytes");
            assertThat(log.next().status()).isEqualTo(413);
            client.send("POST " + CHAT
                    + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "1388\r\n" + "x".repeat(5_000) + "\r\n0\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(413);
            assertThat(client.send(RawClient.post(CHAT, QUESTION)).response().status())
                    .isEqualTo(200);
        }
        try (RawClient client = new RawClient(port)) { // asks first, is told no, and sends nothing
            client.send("POST " + CHAT + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Expect: 100-continue\r\nContent-Length: 500000\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(413);
            assertThat(client.isEnded()).isTrue();
        }
        try (RawClient client = new RawClient(port)) { // beyond all measure: not even thrown away
            client.send("POST " + CHAT
                    + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99000000000\r\n\r\n");
            Response response = client.response();
            assertThat(response.status()).isEqualTo(413);
            assertThat(code(response)).isEqualTo("body_too_large");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void a_caller_that_waits_for_100_continue_is_told_to_go_on() throws Exception {
        try (RawClient client = new RawClient(start(Limits.DEFAULTS))) {
            byte[] body = QUESTION.getBytes(StandardCharsets.UTF_8);
            client.send("POST " + CHAT + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Expect: 100-continue\r\nContent-Length: " + body.length + "\r\n\r\n");
            assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.line()).isEmpty();
            assertThat(client.send(body).response().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json; charset=latin1",
                "application/jsonp"
            })
    void a_body_that_is_not_said_to_be_json_is_a_415(String type) throws Exception {
        try (RawClient client = new RawClient(start(Limits.DEFAULTS))) {
            String request = RawClient.post(CHAT, QUESTION);
            String line = "Content-Type: application/json\r\n";
            client.send(request.replace(line, type.isEmpty() ? "" : "Content-Type: " + type + "\r\n"));
            Response response = client.response();
            assertThat(response.status()).isEqualTo(415);
            assertThat(code(response)).isEqualTo("unsupported_media_type");
            assertThat(client.send(RawClient.post(CHAT, QUESTION)).response().status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n",
                "nonsense\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /health HTTP/1.1\r\n\r\n",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\nhello",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"
            })
    void what_is_no_request_is_a_400_in_the_same_shape_and_ends_the_connection(String bytes) throws Exception {
        try (RawClient client = new RawClient(start(Limits.DEFAULTS))) {
            Response response = client.send(bytes + RawClient.get("/health")).response();
            assertThat(response.status()).isEqualTo(400);
            assertThat(code(response)).isEqualTo("malformed_http");
            assertThat(response.header("content-type")).isEqualTo("application/json");
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(client.isEnded()).isTrue();
            assertThat(log.next().error()).isEqualTo("malformed_http");
        }
    }

    @Test
    void a_connection_that_says_nothing_or_another_version_does_not_stay() throws Exception {
        Limits defaults = Limits.DEFAULTS;
        int port = start(new Limits(
                defaults.bodyBytes(),
                defaults.headerBytes(),
                defaults.inFlight(),
                defaults.connections(),
                defaults.slowness(),
                Duration.ofMillis(400)));
        try (RawClient silent = new RawClient(port);
                RawClient half = new RawClient(port);
                RawClient old = new RawClient(port)) {
            half.send("GET /hea");
            assertThat(old.send("GET /health HTTP/1.0\r\n\r\n").response().status())
                    .isEqualTo(505);
            assertThat(old.isEnded()).isTrue();
            assertThat(silent.isEnded()).isTrue();
            assertThat(half.isEnded()).isTrue();
        }
    }

    @Test
    void heads_and_encodings_beyond_the_bounds_are_refused() throws Exception {
        int port = start(Limits.DEFAULTS);
        try (RawClient client = new RawClient(port)) {
            client.send("GET /health HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
            assertThat(client.response().status()).isBetween(400, 431);
        }
        try (RawClient client = new RawClient(port)) {
            client.send("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(414);
        }
        try (RawClient client = new RawClient(port)) {
            Response response = client.send(RawClient.post(CHAT, QUESTION, "Content-Encoding: gzip"))
                    .response();
            assertThat(response.status()).isEqualTo(415);
            assertThat(code(response)).isEqualTo("unsupported_content_encoding");
        }
    }

    @Test
    void a_caller_that_asks_to_close_is_closed_after_its_answer() throws Exception {
        try (RawClient client = new RawClient(start(Limits.DEFAULTS))) {
            client.send(RawClient.post(CHAT, QUESTION, "Connection: close"));
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void callers_that_are_slow_with_the_head_or_the_body_are_cut_off() throws Exception {
        int port = start(Limits.DEFAULTS.withSlowness(Duration.ofMillis(400)));
        try (RawClient head = new RawClient(port);
                RawClient body = new RawClient(port);
                RawClient quick = new RawClient(port)) {
            head.send("GET /health HTTP/1.1\r\nHost: a\r\nX-Slow: ");
            String whole = RawClient.post(CHAT, QUESTION);
            body.send(whole.substring(0, whole.length() - 10));
            quick.send(RawClient.get("/health"));
            assertThat(quick.response().status()).isEqualTo(200);
            assertThat(log.next().status()).isEqualTo(200);
            assertThat(head.isEnded()).isTrue();
            assertThat(body.isEnded()).isTrue();
            RequestLine cut = log.next();
            assertThat(cut.status()).isEqualTo(408);
            assertThat(cut.end()).isEqualTo(End.CALLER_GONE);
            assertThat(quick.send(RawClient.get("/health")).response().status()).isEqualTo(200);
        }
    }

    @Test
    void a_caller_that_does_not_read_is_cut_off_and_its_place_is_free_again() throws Exception {
        int port = start(Limits.DEFAULTS.withSlowness(Duration.ofMillis(400)).withInFlight(1));
        String text = "x".repeat(40_000_000); // more than the buffers of both sockets hold
        releases.promote(TestTasks.served(
                "flood", 1, new OutputContract.Text(), TestTasks.answering(input -> new Output.Text(text))));
        try (RawClient deaf = new RawClient(port)) {
            deaf.send(RawClient.post(CHAT, STREAM.replace("echo", "flood")));
            RequestLine cut = log.next();
            assertThat(cut.end()).isEqualTo(End.CALLER_GONE);
            assertThat(cut.answered()).isNotNull();
            awaitPlace(port);
        }
    }

    @Test
    void a_caller_that_leaves_mid_stream_is_noticed() throws Exception {
        int port = start(Limits.DEFAULTS.withInFlight(1));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        String text = "x".repeat(20_000_000);
        releases.promote(TestTasks.served("late", 1, new OutputContract.Text(), TestTasks.answering(input -> {
            asked.countDown();
            await(gone);
            return new Output.Text(text);
        })));
        try (RawClient client = new RawClient(port)) {
            client.send(RawClient.post(CHAT, STREAM.replace("echo", "late")));
            await(asked);
            client.vanish();
            gone.countDown();
            assertThat(log.next().end()).isEqualTo(End.CALLER_GONE);
        }
        awaitPlace(port);
    }

    /** A place is given back after the line is written, so that the next caller may still come too early. */
    private static void awaitPlace(int port) throws Exception {
        int status = 0;
        for (int i = 0; i < 500 && status != 200; i++) {
            try (RawClient client = new RawClient(port)) {
                status = client.send(RawClient.post(CHAT, QUESTION)).response().status();
            }
            assertThat(status).isIn(200, 503);
            Thread.sleep(status == 200 ? 0 : 10);
        }
        assertThat(status).isEqualTo(200);
    }

    @Test
    void one_more_than_may_be_in_flight_is_a_503_while_health_is_still_answered() throws Exception {
        int port = start(Limits.DEFAULTS.withInFlight(3));
        Semaphore asked = new Semaphore(0);
        CountDownLatch go = new CountDownLatch(1);
        releases.promote(TestTasks.served("slow", 1, new OutputContract.Text(), TestTasks.answering(input -> {
            asked.release();
            await(go);
            return new Output.Text("done");
        })));
        List<RawClient> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RawClient client = new RawClient(port);
            waiting.add(client.send(RawClient.post(CHAT, QUESTION.replace("echo", "slow"))));
        }
        assertThat(asked.tryAcquire(3, 10, TimeUnit.SECONDS)).isTrue();
        try (RawClient client = new RawClient(port)) {
            Response refused = client.send(RawClient.post(CHAT, QUESTION)).response();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(code(refused)).isEqualTo("overloaded");
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(client.send(RawClient.get("/health")).response().status())
                    .isEqualTo(200);
            go.countDown();
            for (RawClient each : waiting) {
                assertThat(each.response().body()).contains("done");
                each.close();
            }
            awaitPlace(port);
        }
    }

    @Test
    void closing_lets_requests_under_way_finish_and_refuses_new_ones() throws Exception {
        int port = start(Limits.DEFAULTS);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        releases.promote(TestTasks.served("slow", 1, new OutputContract.Text(), TestTasks.answering(input -> {
            asked.countDown();
            await(go);
            return new Output.Text("done");
        })));
        assertThat(ready(port)).isEqualTo(200);
        try (RawClient early = new RawClient(port)) {
            early.send(RawClient.post(CHAT, STREAM.replace("echo", "slow")));
            await(asked);
            Thread closing = Thread.ofVirtual().start(Objects.requireNonNull(gateway)::close);
            while (ready(port) == 200) {
                Thread.onSpinWait();
            }
            try (RawClient latest = new RawClient(port)) {
                Response refused = latest.send(RawClient.post(CHAT, QUESTION)).response();
                assertThat(refused.status()).isEqualTo(503);
                assertThat(code(refused)).isEqualTo("shutting_down");
                assertThat(refused.header("connection")).isEqualTo("close");
            }
            go.countDown();
            assertThat(early.response().body()).contains("done").endsWith("data: [DONE]\n\n");
            closing.join();
            assertThatThrownBy(() -> new RawClient(port)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_port_that_is_taken_is_told() {
        int port = start(Limits.DEFAULTS);
        assertThatThrownBy(
                        () -> Gateway.start(GatewayConfig.DEFAULTS.at("127.0.0.1", port), releases, Governor.OPEN, log))
                .isInstanceOf(RungException.Unavailable.class)
                .hasMessageContaining("127.0.0.1:" + port);
    }

    @Test
    void a_log_that_fails_harms_no_request() throws Exception {
        releases.promote(TestTasks.echo());
        Gateway started = Gateway.start(GatewayConfig.DEFAULTS.at("127.0.0.1", 0), releases, Governor.OPEN, line -> {
            throw new IllegalStateException("the log is full");
        });
        gateway = started;
        try (RawClient client = new RawClient(started.port())) {
            assertThat(client.send(RawClient.post(CHAT, QUESTION)).response().status())
                    .isEqualTo(200);
            assertThat(client.send(RawClient.post(CHAT, QUESTION)).response().status())
                    .isEqualTo(200);
        }
    }

    private static int ready(int port) throws IOException {
        try (RawClient client = new RawClient(port)) {
            return client.send(RawClient.get("/ready")).response().status();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("waited too long");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
