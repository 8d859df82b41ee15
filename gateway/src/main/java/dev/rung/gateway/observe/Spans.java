package dev.rung.gateway.observe;

import dev.rung.core.json.Json;
import dev.rung.store.RequestRow;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Sends a span for each request to a collector, in the OpenTelemetry Protocol as JSON (OTLP/HTTP 1.9); thread-safe, with bounded memory.
 *
 * <p>Requests never wait: when the collector is slow or away, spans are dropped and counted. No content and no key is in a span.
 */
public final class Spans implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Spans.class.getName());
    private static final int ROOM = 8_192;
    private static final int BATCH = 512;
    private static final Duration GATHER = Duration.ofSeconds(1);
    private static final int CLIENT = 3;
    private static final int INTERNAL = 1;
    private static final int FAILED = 2;

    private final GenAiNames names;
    private final double share;
    private final Sender sender;
    private final BlockingQueue<Ended> waiting = new ArrayBlockingQueue<>(ROOM);
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private volatile boolean closed;

    private record Ended(TraceContext context, RequestRow row) {}

    /** What sends a document to the collector, and waits until it has it. */
    @FunctionalInterface
    public interface Sender {
        void send(String json) throws IOException;
    }

    /**
     * Begins to send.
     *
     * @param share the share of traces that begin here to be recorded, 0 to 1
     */
    public Spans(GenAiNames names, double share, Sender sender) {
        this.names = names;
        this.share = share;
        this.sender = sender;
        this.thread = Thread.ofVirtual().name("spans").start(this::work);
    }

    /** Returns the place of a new span under the caller's {@code traceparent}, null for none. */
    public TraceContext begin(@Nullable String traceparent) {
        return TraceContext.of(traceparent, share);
    }

    /** Takes a span that has ended; never waits. */
    public void end(TraceContext context, RequestRow row) {
        if (context.sampled() && !waiting.offer(new Ended(context, row))) {
            dropped.increment();
        }
    }

    /** Returns how many spans were dropped. */
    public long dropped() {
        return dropped.sum();
    }

    private void work() {
        List<Ended> batch = new ArrayList<>();
        try {
            while (!closed || !waiting.isEmpty()) {
                Ended first = waiting.poll(GATHER.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH - 1);
                    send(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            dropped.add(batch.size());
        }
    }

    private void send(List<Ended> batch) {
        try {
            sender.send(document(batch).compact());
        } catch (IOException | RuntimeException e) {
            dropped.add(batch.size());
            LOG.log(
                    Level.WARNING,
                    "the collector did not take {0} spans: {1}",
                    batch.size(),
                    e.getClass().getSimpleName());
        }
    }

    private Json.Obj document(List<Ended> batch) {
        List<Json> spans = new ArrayList<>();
        for (Ended each : batch) {
            spans.add(span(each.context(), each.row()));
        }
        Json.Obj scope = Json.object(
                        "scope", Json.object("name", Json.of("dev.rung.gateway")), "spans", Json.array(spans))
                .with("schemaUrl", Json.of(names.schema()));
        Json.Obj resource = Json.object(
                "resource",
                        Json.object(
                                "attributes",
                                Json.array(List.of(attribute("service.name", "stringValue", Json.of("rung"))))),
                "scopeSpans", Json.array(List.of(scope)));
        return Json.object("resourceSpans", Json.array(List.of(resource)));
    }

    private Json.Obj span(TraceContext context, RequestRow row) {
        String operation = operation(row);
        long start = row.at() * 1_000_000;
        Json.Obj span = Json.object(
                        "traceId", Json.of(context.trace()),
                        "spanId", Json.of(context.span()),
                        "name", Json.of(operation + " " + row.model()),
                        "kind", Json.of(row.upstream() == null || row.upstream().equals("release") ? INTERNAL : CLIENT))
                .with("startTimeUnixNano", Json.of(Long.toString(start)))
                .with("endTimeUnixNano", Json.of(Long.toString(start + row.totalMicros() * 1_000)))
                .with("attributes", Json.array(attributes(operation, row)));
        if (context.parent() != null) {
            span = span.with("parentSpanId", Json.of(context.parent()));
        }
        return row.error() == null ? span : span.with("status", Json.object("code", Json.of(FAILED)));
    }

    private List<Json> attributes(String operation, RequestRow row) {
        List<Json> all = new ArrayList<>();
        add(all, text(GenAiNames.OPERATION, operation));
        add(all, text(names.provider(), row.upstream() == null ? "rung" : row.upstream()));
        add(all, text(GenAiNames.REQUEST_MODEL, row.model()));
        add(all, text(GenAiNames.DIALECT, row.dialect()));
        add(all, number(GenAiNames.STATUS, (long) row.status()));
        add(all, number(GenAiNames.ATTEMPTS, (long) row.attempts()));
        add(all, text(GenAiNames.ENDING, row.ending()));
        add(all, text(GenAiNames.TARGET, row.target()));
        add(all, text(GenAiNames.CACHE, row.cache()));
        add(all, text(GenAiNames.ERROR, row.error()));
        add(all, number(GenAiNames.INPUT_TOKENS, row.inputTokens()));
        add(all, number(GenAiNames.OUTPUT_TOKENS, row.outputTokens()));
        add(all, number(names.cacheRead(), row.cachedTokens()));
        add(all, number(names.cacheWrite(), row.writtenTokens()));
        add(all, number(names.reasoning(), row.reasoningTokens()));
        Long price = row.price();
        if (price != null) {
            all.add(attribute(GenAiNames.PRICE, "doubleValue", Json.of(BigDecimal.valueOf(price, 12))));
        }
        return all;
    }

    private static String operation(RequestRow row) {
        return switch (row.operation()) {
            case "embed" -> "embeddings";
            case "generate" -> row.dialect().equals("gemini") ? "generate_content" : "chat";
            default -> row.operation();
        };
    }

    private static void add(List<Json> all, @Nullable Json attribute) {
        if (attribute != null) {
            all.add(attribute);
        }
    }

    private static @Nullable Json text(String name, @Nullable String value) {
        return value == null ? null : attribute(name, "stringValue", Json.of(value));
    }

    // Whole numbers are strings in OTLP's JSON, as in that of Protocol Buffers.
    private static @Nullable Json number(String name, @Nullable Long value) {
        return value == null ? null : attribute(name, "intValue", Json.of(Long.toString(value)));
    }

    private static Json attribute(String name, String type, Json value) {
        return Json.object("key", Json.of(name), "value", Json.object(type, value));
    }

    /** Sends what waits, for as long as the collector takes it. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
