package dev.rung.bench.gateway;

import com.sun.management.OperatingSystemMXBean;
import dev.rung.gateway.Gateway;
import dev.rung.gateway.GatewayConfig;
import dev.rung.gateway.log.RequestLog;
import dev.rung.gateway.policy.Governor;
import dev.rung.gateway.route.Releases;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures the gateway around a solver that returns at once, in a closed loop over raw keep-alive connections, client in the same process.
 *
 * <p>Argument: seconds a measurement, 3 by default. Also measures what {@code /health} takes while all answering threads compute.
 */
public final class GatewayOverhead {
    private GatewayOverhead() {}

    public static void main(String[] args) throws Exception {
        Duration time = Duration.ofSeconds(args.length > 0 ? Long.parseLong(args[0]) : 3);
        try (Releases releases = new Releases()) {
            releases.promote(InstantTasks.task("instant", Duration.ZERO));
            releases.promote(InstantTasks.task("busy", Duration.ofMillis(10)));
            try (Gateway gateway = Gateway.start(
                    GatewayConfig.DEFAULTS.at("127.0.0.1", 0), releases, Governor.OPEN, RequestLog.NONE)) {
                measure(gateway.port(), time);
            }
        }
    }

    private static void measure(int port, Duration time) throws Exception {
        System.out.println(
                "| what | connections | requests/s | p50 ms | p99 ms | first byte p50 ms | process CPU µs a request |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        byte[] whole = RawConnection.chat("instant", false);
        byte[] stream = RawConnection.chat("instant", true);
        run(port, whole, 16, time); // warm-up
        run(port, stream, 16, time);
        for (int connections : new int[] {1, 16}) {
            print("GET /health", connections, run(port, RawConnection.get("/health"), connections, time));
            print("chat completion", connections, run(port, whole, connections, time));
            print("chat completion, streamed", connections, run(port, stream, connections, time));
        }
        try (ExecutorService load = Executors.newSingleThreadExecutor()) {
            Future<Result> busy =
                    load.submit(() -> run(port, RawConnection.chat("busy", false), 64, time.plusSeconds(1)));
            Thread.sleep(500);
            print(
                    "GET /health beside 64 callers of 10 ms computing",
                    1,
                    run(port, RawConnection.get("/health"), 1, time));
            print("those callers", 64, busy.get());
        }
    }

    /** One connection's samples: until the whole response, and until its first byte. */
    private record Loop(Samples whole, Samples firstByte) {}

    private record Result(Samples whole, Samples firstByte, Duration wall, Duration cpu) {}

    private static Result run(int port, byte[] request, int connections, Duration time) throws Exception {
        OperatingSystemMXBean system =
                Objects.requireNonNull(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class));
        long cpu = system.getProcessCpuTime();
        long began = System.nanoTime();
        List<Callable<Loop>> loops = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            loops.add(() -> loop(port, request, began + time.toNanos()));
        }
        List<Loop> parts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            for (Future<Loop> loop : threads.invokeAll(loops)) {
                parts.add(loop.get());
            }
        }
        Duration wall = Duration.ofNanos(System.nanoTime() - began);
        Duration used = Duration.ofNanos(system.getProcessCpuTime() - cpu);
        return new Result(
                Samples.all(parts.stream().map(Loop::whole).toList()),
                Samples.all(parts.stream().map(Loop::firstByte).toList()),
                wall,
                used);
    }

    private static Loop loop(int port, byte[] request, long end) throws IOException {
        Loop loop = new Loop(new Samples(), new Samples());
        try (RawConnection connection = new RawConnection(port, request)) {
            while (System.nanoTime() < end) {
                loop.whole().add(connection.exchange());
                loop.firstByte().add(connection.firstByteNanos());
            }
        }
        return loop;
    }

    private static void print(String what, int connections, Result result) {
        int count = result.whole().count();
        System.out.printf(
                "| %s | %d | %,.0f | %.3f | %.3f | %.3f | %.0f |%n",
                what,
                connections,
                count / (result.wall().toNanos() / 1e9),
                result.whole().millis(0.5),
                result.whole().millis(0.99),
                result.firstByte().millis(0.5),
                result.cpu().toNanos() / 1e3 / count);
    }
}
