package dev.rung.ladder.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs many independent worlds on a few threads and adds up what they count.
 *
 * <p>A world's random numbers depend on the seed, the experiment's name and the world's number alone, and counts are whole numbers, so the sums are the same whatever the number
 * of threads. Thread-safe.
 *
 * @param seed of all experiments
 * @param threads at least 1
 * @param tallies of worlds that have run before
 */
record Crowd(long seed, int threads, Tallies tallies) {
    /** Counts are kept each time that so long has gone by, about. */
    private static final Duration KEPT_AFTER = Duration.ofSeconds(5);

    Crowd(long seed, int threads) {
        this(seed, threads, Tallies.forgotten());
    }

    Crowd {
        if (threads < 1) {
            throw new IllegalArgumentException("no threads: " + threads);
        }
    }

    /** One world: it draws from {@code chance} and counts in {@code tally}. */
    @FunctionalInterface
    interface World {
        void run(Chance chance, long[] tally);
    }

    /**
     * Returns the sums over {@code worlds} worlds.
     *
     * @param experiment names the stream of random numbers
     * @param counters how many numbers a world counts
     */
    long[] tally(String experiment, int worlds, int counters, World world) {
        String kept = experiment + " " + seed;
        Tallies.Counted counted = tallies.of(kept, worlds, counters);
        int chunk = threads;
        while (counted.worlds() < worlds) {
            int to = (int) Math.min(worlds, counted.worlds() + (long) chunk);
            long start = System.nanoTime();
            counted = counted.and(to, run(experiment, counted.worlds(), to, counters, world));
            tallies.keep(kept, counted);
            chunk = System.nanoTime() - start < KEPT_AFTER.toNanos() ? 4 * chunk : chunk;
        }
        return counted.sums().stream().mapToLong(Long::longValue).toArray();
    }

    private long[] run(String experiment, int from, int to, int counters, World world) {
        long stream = Chance.mixed(seed, experiment.hashCode());
        AtomicInteger next = new AtomicInteger(from);
        long[] total = new long[counters];
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<long[]>> parts = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                parts.add(pool.submit(() -> {
                    long[] tally = new long[counters];
                    for (int i = next.getAndIncrement(); i < to; i = next.getAndIncrement()) {
                        world.run(new Chance(Chance.mixed(stream, i)), tally);
                    }
                    return tally;
                }));
            }
            for (Future<long[]> part : parts) {
                long[] tally = part.get();
                for (int i = 0; i < counters; i++) {
                    total[i] += tally[i];
                }
            }
        } catch (ExecutionException e) {
            next.set(to);
            throw new IllegalStateException("a world of " + experiment + " failed", e.getCause());
        } catch (InterruptedException e) {
            next.set(to);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + experiment, e);
        }
        return total;
    }
}
