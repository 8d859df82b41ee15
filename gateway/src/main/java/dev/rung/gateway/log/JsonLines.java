package dev.rung.gateway.log;

import dev.rung.core.json.Json;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line of JSON for each request, on a thread of its own; thread-safe, with bounded memory.
 *
 * <p>Requests never wait: when lines cannot be written as fast as they come they are dropped, and counted. No body and no key is in a line.
 */
public final class JsonLines implements RequestLog, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(JsonLines.class.getName());
    private static final int ROOM = 8_192;
    private static final int BATCH = 1_024;
    private static final Duration GATHER = Duration.ofMillis(100);

    private volatile @Nullable Sink sink;
    private final BlockingQueue<RequestLine> waiting = new ArrayBlockingQueue<>(ROOM);
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private volatile boolean closed;
    private boolean failing;

    /** Where lines go. */
    @FunctionalInterface
    public interface Sink {
        /** Writes whole lines, and waits until they are written. */
        void write(String lines) throws IOException;
    }

    /** @param sink null to write nothing for now */
    public JsonLines(@Nullable Sink sink) {
        this.sink = sink;
        this.thread = Thread.ofPlatform().daemon().name("request-log").start(this::work);
    }

    /** Returns what appends lines to {@code file}, which is opened anew each time, so that it may be moved away. */
    public static Sink file(Path file) {
        return lines -> Files.writeString(
                file, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Writes elsewhere from now on, also what waits; null to write nothing. */
    public void follow(@Nullable Sink other) {
        sink = other;
    }

    @Override
    public void ended(RequestLine line) {
        if (sink != null && !waiting.offer(line)) {
            dropped.increment();
        }
    }

    /** Returns how many lines were dropped. */
    public long dropped() {
        return dropped.sum();
    }

    /** Returns how many lines wait to be written. */
    public int waiting() {
        return waiting.size();
    }

    private void work() {
        List<RequestLine> batch = new ArrayList<>();
        try {
            while (!closed || !waiting.isEmpty()) {
                RequestLine first = waiting.poll(GATHER.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH - 1);
                    write(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            dropped.add(batch.size());
        }
    }

    private void write(List<RequestLine> batch) {
        Sink to = sink;
        if (to == null) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        batch.forEach(line -> lines.append(json(line).compact()).append('\n'));
        try {
            to.write(lines.toString());
            failing = false;
        } catch (IOException | RuntimeException e) {
            dropped.add(batch.size());
            if (!failing) {
                failing = true;
                LOG.log(Level.WARNING, "lines of the request log cannot be written, and are dropped", e);
            }
        }
    }

    static Json.Obj json(RequestLine line) {
        Json.Obj json = Json.object(
                        "time", Json.of(line.received().toString()),
                        "id", Json.of(line.id()),
                        "trace", Json.ofNullable(line.trace()),
                        "method", Json.of(line.method()))
                .with("path", Json.of(line.path()))
                .with("status", Json.of(line.status()))
                .with("error", Json.ofNullable(line.error()))
                .with("end", Json.of(end(line.end())))
                .with("ms", Json.of(BigDecimal.valueOf(line.time().toNanos() / 1_000, 3)));
        Supplier<Json.Obj> details = line.details();
        if (details != null) {
            for (var member : details.get().members().entrySet()) {
                json = json.with(member.getKey(), member.getValue());
            }
        }
        return json;
    }

    private static String end(RequestLine.End end) {
        return switch (end) {
            case COMPLETE -> "complete";
            case CALLER_GONE -> "caller_gone";
            case BROKEN -> "broken";
        };
    }

    /** Writes what waits, then ends. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
