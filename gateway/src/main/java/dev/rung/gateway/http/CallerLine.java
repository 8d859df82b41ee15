package dev.rung.gateway.http;

import io.helidon.common.buffers.DataReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that come from one caller, read ahead of time while a request of its is worked on, so that its leaving is noticed at once.
 *
 * <p>A connection that has ended can be told from one that is quiet only by reading from it. While a request takes its time, a second virtual thread therefore
 * reads on: an end runs the action given, and bytes (the next request, sent early) are kept for {@link #next}. A request that is answered soon never
 * starts that thread. {@link #next} and {@link #watch} belong to the connection's own thread.
 */
final class CallerLine {
    // A connection has one thread for life, on which its line is made and its requests are handled.
    private static final ThreadLocal<@Nullable CallerLine> CURRENT = new ThreadLocal<>();
    private static final byte[] END = {};

    private final DataReader source;
    private @Nullable Ahead ahead;
    private volatile @Nullable Runnable onEnd;

    CallerLine(DataReader source) {
        this.source = source;
    }

    /** Makes this the line of the current thread's connection. */
    CallerLine here() {
        CURRENT.set(this);
        return this;
    }

    /** Returns the line of the current thread's connection. */
    static CallerLine current() {
        CallerLine line = CURRENT.get();
        if (line == null) {
            throw new IllegalStateException("not the thread of a connection");
        }
        return line;
    }

    /** Reads ahead from now on, and runs {@code action} once when the caller leaves, on another thread; replaces the action before. */
    void watch(Runnable action) {
        onEnd = action;
        Ahead now = ahead;
        if (now == null) {
            now = new Ahead();
            ahead = now;
            now.thread = Thread.ofVirtual().name("caller-watch").start(now);
        } else if (now.ended()) {
            now.tell();
        }
    }

    /** Forgets the action; what is being read ahead is kept. */
    void unwatch() {
        onEnd = null;
    }

    /** Returns the next bytes, waiting for them; null at the end. */
    byte @Nullable [] next() {
        Ahead reading = ahead;
        if (reading == null) {
            return pull();
        }
        try {
            byte[] bytes = reading.bytes.get();
            ahead = null;
            return bytes.length == 0 ? null : bytes;
        } catch (InterruptedException e) {
            reading.cut();
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading ahead never fails", e);
        }
    }

    private byte @Nullable [] pull() {
        int there = source.available();
        if (there == 0) {
            try {
                source.pullData();
            } catch (DataReader.InsufficientDataAvailableException e) {
                return null;
            }
            there = source.available();
        }
        return there == 0 ? null : source.readBytes(there);
    }

    private final class Ahead implements Runnable {
        private final CompletableFuture<byte[]> bytes = new CompletableFuture<>();
        private volatile @Nullable Thread thread;

        @Override
        public void run() {
            byte[] read = null;
            try {
                read = pull();
            } catch (RuntimeException e) {
                // The connection was reset or closed: it has ended, which is all that matters here.
            } finally {
                bytes.complete(read == null ? END : read);
            }
            if (read == null) {
                tell();
            }
        }

        boolean ended() {
            byte[] now = bytes.getNow(null);
            return now != null && now.length == 0;
        }

        void tell() {
            Runnable action = onEnd;
            onEnd = null;
            if (action != null) {
                action.run();
            }
        }

        /** Closes the connection, by interrupting the thread that reads from it. */
        void cut() {
            Thread reader = thread;
            if (reader != null) {
                reader.interrupt();
            }
        }
    }
}
