package dev.rung.bench.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Callers that send one request again and again, over keep-alive connections.
 *
 * @param port of the server on this machine
 * @param connections each with a thread
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Load(int port, byte[] request, int connections) {
    Load {
        request = request.clone();
    }

    /** What came of it: how long whole replies and their first bytes took. */
    record Result(Samples whole, Samples firstByte, Duration wall) {
        double perSecond() {
            return whole.count() / (wall.toNanos() / 1e9);
        }
    }

    private interface Pace {
        /** Waits for the moment of the caller's next request, and returns it. */
        long next();
    }

    /** Sends the next request when the reply to the last is there. */
    Result closed(Duration time) throws Exception {
        return run(time, index -> System::nanoTime);
    }

    /**
     * Sends {@code perSecond} requests a second in all, at fixed moments, whether replies are there or not; times count from those moments, so that a stall counts for every request
     * that it held up.
     */
    Result open(Duration time, double perSecond) throws Exception {
        long interval = (long) (1e9 * connections / perSecond);
        long start = System.nanoTime();
        return run(time, index -> {
            long[] at = {start + interval * index / connections};
            return () -> {
                long moment = at[0];
                at[0] += interval;
                for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                return moment;
            };
        });
    }

    private interface Paces {
        Pace of(int connection);
    }

    private Result run(Duration time, Paces paces) throws Exception {
        long began = System.nanoTime();
        List<Callable<Result>> loops = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Pace pace = paces.of(i);
            loops.add(() -> loop(pace, began + time.toNanos()));
        }
        List<Result> parts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            for (Future<Result> loop : threads.invokeAll(loops)) {
                parts.add(loop.get());
            }
        }
        return new Result(
                Samples.all(parts.stream().map(Result::whole).toList()),
                Samples.all(parts.stream().map(Result::firstByte).toList()),
                Duration.ofNanos(System.nanoTime() - began));
    }

    private Result loop(Pace pace, long end) throws IOException {
        Samples whole = new Samples();
        Samples firstByte = new Samples();
        try (RawConnection connection = new RawConnection(port, request)) {
            while (System.nanoTime() < end) {
                long moment = pace.next();
                long late = System.nanoTime() - moment;
                whole.add(late + connection.exchange());
                firstByte.add(late + connection.firstByteNanos());
            }
        }
        return new Result(whole, firstByte, Duration.ZERO);
    }
}
