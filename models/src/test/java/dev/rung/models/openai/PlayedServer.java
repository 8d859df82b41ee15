package dev.rung.models.openai;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP server on this machine that plays what hosted models answer, and how they fail; the last play goes on for ever. */
final class PlayedServer implements AutoCloseable {
    /** What the server does with one request. */
    @FunctionalInterface
    interface Play {
        void on(HttpExchange exchange) throws IOException;
    }

    /** A request as it came in. */
    record Seen(String path, String authorization, Json.Obj body, long nanoTime) {}

    private final HttpServer server;
    private final Deque<Play> plays = new ArrayDeque<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    final List<Seen> seen = new CopyOnWriteArrayList<>();

    PlayedServer(Play... plays) throws IOException {
        this.plays.addAll(List.of(plays));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            Json body = JsonText.parse(exchange.getRequestBody());
            seen.add(new Seen(
                    exchange.getRequestURI().getPath(),
                    authorization == null ? "" : authorization,
                    (Json.Obj) body,
                    System.nanoTime()));
            try (exchange) {
                next().on(exchange);
            } finally {
                running.decrementAndGet();
            }
        });
        server.start();
    }

    private synchronized Play next() {
        return plays.size() > 1 ? plays.removeFirst() : plays.getFirst();
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    static Play answer(int status, String contentType, String body, String... headers) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        };
    }

    static Play json(int status, String body, String... headers) {
        return answer(status, "application/json", body, headers);
    }

    /** Answers as hosted models do, with fields that nobody has to know. */
    static Play says(String content) {
        return says(content, "stop", "null");
    }

    static Play says(String content, String finish, String logprobs) {
        return json(200, """
                {"id": "chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG", "object": "chat.completion", "created": 1741570283,
                 "model": "gpt-5-mini-2025-08-07",
                 "choices": [{"index": 0, "finish_reason": %s, "logprobs": %s,
                   "message": {"role": "assistant", "content": %s, "refusal": null, "annotations": [], "reasoning": "…"}}],
                 "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110,
                   "prompt_tokens_details": {"cached_tokens": 64, "audio_tokens": 0},
                   "completion_tokens_details": {"reasoning_tokens": 4, "accepted_prediction_tokens": 0}},
                 "service_tier": "default", "system_fingerprint": null, "brand_new_field": {"a": [1, {"b": null}]}}
                """.formatted(Json.of(finish), logprobs, Json.of(content)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
