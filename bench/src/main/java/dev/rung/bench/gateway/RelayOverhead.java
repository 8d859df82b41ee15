package dev.rung.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Measures what passing a call on costs: the same callers and the same fast upstream, with the gateway between them and without, in turns.
 *
 * <p>Callers, upstream and gateway are three processes on this machine. Arguments: {@code rounds} (5), {@code seconds} a measurement (3), the state folder whose keys and budgets are in
 * force (a new, empty one), and a key of it ({@code none}). Prints medians over the rounds; the first figures are of the cold gateway.
 */
public final class RelayOverhead {
    private static final int[] CONNECTIONS = {1, 16, 64};
    private static final int STREAMS = 1_000;

    private final ChildProcess mock;
    private final ChildProcess gateway;
    private final Duration time;
    private final String key;

    private RelayOverhead(ChildProcess mock, ChildProcess gateway, Duration time, String key) {
        this.mock = mock;
        this.gateway = gateway;
        this.time = time;
        this.key = key;
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        Duration time = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 3);
        Path home = args.length > 2 ? Path.of(args[2]) : Files.createTempDirectory("relay-overhead");
        String key = args.length > 3 ? args[3] : "none";
        try (ChildProcess mock = ChildProcess.start(MockUpstream.class, List.of("-Xmx256m"))) {
            Path config = Files.createTempFile("gateway", ".yaml");
            Files.writeString(config, """
                    upstreams: { mock: { dialect: openai, base_url: "http://127.0.0.1:%d/v1" } }
                    models:
                      mock: { deployments: [{ upstream: mock, model: mock }] }
                      hold: { deployments: [{ upstream: mock, model: hold }] }
                    limits: { in_flight: 4000, connections: 4000 }
                    """.formatted(mock.port()));
            try (ChildProcess gateway =
                    ChildProcess.start(RelayProcess.class, List.of("-Xmx512m"), home.toString(), config.toString())) {
                RelayOverhead overhead = new RelayOverhead(mock, gateway, time, key);
                overhead.cold();
                overhead.compare(rounds);
                overhead.idleStreams();
            }
        }
    }

    private byte[] request(boolean stream) {
        return RawConnection.chat("mock", stream, key);
    }

    private void cold() throws Exception {
        try (RawConnection connection = new RawConnection(gateway.port(), request(false))) {
            double first = connection.exchange() / 1e6;
            double second = connection.exchange() / 1e6;
            System.out.printf("cold: first request %.1f ms, second %.1f ms%n", first, second);
        }
        for (int i = 0; i < 4; i++) { // warm-up
            new Load(gateway.port(), request(false), 16).closed(time);
            new Load(gateway.port(), request(true), 16).closed(time);
            new Load(mock.port(), request(i % 2 == 0), 16).closed(Duration.ofSeconds(1));
        }
    }

    /** One measurement with the gateway between, and what that cost it. */
    private record Through(Load.Result result, double cpuMicros, double allocated) {}

    private void compare(int rounds) throws Exception {
        System.out.println(
                "| reply | connections | direct/s | through/s | direct p50 ms | added p50 ms | added first byte p50 ms | through p99 ms | open loop p50 / p99 ms | CPU µs a request | allocated bytes a request |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (boolean stream : new boolean[] {false, true}) {
            for (int connections : CONNECTIONS) {
                List<Load.Result> direct = new ArrayList<>();
                List<Through> through = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    direct.add(new Load(mock.port(), request(stream), connections).closed(time));
                    through.add(through(stream, connections));
                }
                double half = median(through, one -> one.result().perSecond()) / 2;
                Load.Result open = new Load(gateway.port(), request(stream), connections).open(time, half);
                print(stream, connections, direct, through, open);
            }
        }
    }

    private Through through(boolean stream, int connections) throws Exception {
        Duration cpu = gateway.cpu();
        long allocated = gateway.ask("allocated");
        Load.Result result = new Load(gateway.port(), request(stream), connections).closed(time);
        int count = result.whole().count();
        return new Through(
                result,
                gateway.cpu().minus(cpu).toNanos() / 1e3 / count,
                (double) (gateway.ask("allocated") - allocated) / count);
    }

    private static void print(
            boolean stream, int connections, List<Load.Result> direct, List<Through> through, Load.Result open) {
        double directHalf = median(direct, one -> one.whole().millis(0.5));
        System.out.printf(
                "| %s | %d | %,.0f | %,.0f | %.3f | %.3f | %.3f | %.3f | %.3f / %.3f | %.0f | %,.0f |%n",
                stream ? "50 chunks" : "whole",
                connections,
                median(direct, Load.Result::perSecond),
                median(through, one -> one.result().perSecond()),
                directHalf,
                median(through, one -> one.result().whole().millis(0.5)) - directHalf,
                median(through, one -> one.result().firstByte().millis(0.5))
                        - median(direct, one -> one.firstByte().millis(0.5)),
                median(through, one -> one.result().whole().millis(0.99)),
                open.whole().millis(0.5),
                open.whole().millis(0.99),
                median(through, Through::cpuMicros),
                median(through, Through::allocated));
    }

    private static <T> double median(List<T> of, ToDoubleFunction<T> what) {
        double[] sorted = of.stream().mapToDouble(what).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Holds many streams open that have begun and say nothing, and tells what memory they take. */
    private void idleStreams() throws IOException, InterruptedException {
        long heap = gateway.ask("heap");
        long resident = gateway.resident();
        List<RawConnection> open = new ArrayList<>();
        try {
            for (int i = 0; i < STREAMS; i++) {
                RawConnection connection = new RawConnection(gateway.port(), RawConnection.chat("hold", true, key));
                connection.begin();
                open.add(connection);
            }
            Thread.sleep(500);
            System.out.printf(
                    "%,d open streams: %.1f MiB of heap, %.1f MiB resident above the base%n",
                    STREAMS, (gateway.ask("heap") - heap) / 1048576.0, (gateway.resident() - resident) / 1048576.0);
        } finally {
            for (RawConnection connection : open) {
                connection.close();
            }
        }
    }
}
