package dev.rung.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A fixed number of threads that share out numbered pieces of work.
 *
 * <p>Results never depend on the number of threads: callers cut their work into pieces by the size of the data alone,
 * each piece writes only what is its own, and sums over pieces are taken in the order of their numbers.
 *
 * <p>Thread-safe, but a piece must not itself call {@link #run}: it would wait for a thread it occupies.
 */
public final class Lanes implements AutoCloseable {
    private final int threads;
    private final ExecutorService helpers;

    /**
     * Starts the helpers; the calling thread is always one of the lanes.
     *
     * @param threads 1 to 256
     */
    public Lanes(int threads) {
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("threads must be 1 to 256, found " + threads);
        }
        this.threads = threads;
        this.helpers = Executors.newFixedThreadPool(
                Math.max(1, threads - 1),
                Thread.ofPlatform().daemon().name("learn-", 1).factory());
    }

    public int threads() {
        return threads;
    }

    /**
     * Runs {@code piece} once for each of 0, 1, … {@code pieces} − 1 and returns when all are done.
     *
     * @throws IllegalStateException when a piece failed (its exception is the cause) or the thread was interrupted
     */
    public void run(int pieces, IntConsumer piece) {
        int helping = Math.min(threads, pieces) - 1;
        if (helping <= 0) {
            for (int number = 0; number < pieces; number++) {
                piece.accept(number);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        Runnable lane = () -> {
            for (int number = next.getAndIncrement(); number < pieces; number = next.getAndIncrement()) {
                piece.accept(number);
            }
        };
        List<Future<?>> others = new ArrayList<>(helping);
        for (int helper = 0; helper < helping; helper++) {
            others.add(helpers.submit(lane));
        }
        try {
            lane.run();
        } finally {
            others.forEach(Lanes::await);
        }
    }

    private static void await(Future<?> other) {
        try {
            other.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while learning", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a piece of parallel work failed", e.getCause());
        }
    }

    @Override
    public void close() {
        helpers.shutdown();
    }
}
