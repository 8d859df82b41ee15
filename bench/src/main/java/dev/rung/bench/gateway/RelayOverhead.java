package dev.rung.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what passing a call on costs: the same callers and the same fast upstream, with a gateway between them and without, in turns; other gateways too, in the same rounds.
 *
 * <p>Callers, upstream and each gateway are processes of their own on this machine. Rung has its keys, budgets, prices, ledger and metrics on. Prints medians over the rounds, the first figures of
 * the cold gateways, and the memory that open streams take; {@code --raw} keeps every measurement, a JSON object a line.
 */
@Command(name = "RelayOverhead", mixinStandardHelpOptions = true)
public final class RelayOverhead implements Callable<Integer> {
    private static final int STREAMS = 1_000;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final String DIRECT = "direct";
    private static final String RUNG = "rung, governed";

    @Option(names = "--rounds", defaultValue = "5", description = "measurements of each; default ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "3", description = "a measurement; default ${DEFAULT-VALUE}")
    private long seconds;

    @Option(names = "--connections", split = ",", defaultValue = "1,16,64")
    private List<Integer> connections = List.of();

    @Option(names = "--peer", description = "a script of bench/peers; again for more")
    private List<Path> peers = List.of();

    @Option(names = "--raw", description = "a file for every measurement")
    private Path raw = Path.of("relay-overhead.jsonl");

    @Option(names = "--soak", defaultValue = "0", description = "requests to end with, in ten parts")
    private long soak;

    private RelayOverhead() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new RelayOverhead()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path home = Files.createTempDirectory("relay-overhead");
        String key = GovernedState.prepare(home);
        List<Contender> contenders = new ArrayList<>();
        try (ChildProcess mock = ChildProcess.start(MockUpstream.class, List.of("-Xmx256m"))) {
            Path config = Files.createTempFile("gateway", ".yaml");
            Files.writeString(config, """
                    upstreams: { mock: { dialect: openai, base_url: "http://127.0.0.1:%d/v1", prices: openai } }
                    models:
                      mock: { deployments: [{ upstream: mock, model: mock }] }
                      hold: { deployments: [{ upstream: mock, model: hold }] }
                    limits: { in_flight: 4000, connections: 4000 }
                    """.formatted(mock.port()));
            try (ChildProcess gateway = ChildProcess.start(
                            RelayProcess.class,
                            List.of("-Xmx512m", "-XX:+UseSerialGC"),
                            home.toString(),
                            config.toString());
                    Measurements measured = new Measurements(raw)) {
                contenders.add(new Contender(DIRECT, mock.port(), "/v1/chat/completions", "mock", "none", mock.tree()));
                contenders.add(
                        new Contender(RUNG, gateway.port(), "/v1/chat/completions", "mock", key, gateway.tree()));
                for (Path peer : peers) {
                    contenders.add(Contender.start(peer, mock.port()));
                }
                warmUp(contenders);
                for (boolean stream : new boolean[] {false, true}) {
                    compare(contenders, stream, gateway, measured);
                }
                System.out.println();
                idleStreams(gateway, key);
                soak(gateway, key);
            }
        } finally {
            contenders.stream().skip(2).forEach(peer -> peer.processes().end());
        }
        return 0;
    }

    private void warmUp(List<Contender> contenders) throws Exception {
        for (Contender one : contenders) {
            try (RawConnection connection = new RawConnection(one.port(), one.request(false))) {
                double first = connection.exchange() / 1e6;
                double second = connection.exchange() / 1e6;
                System.out.printf("%s, cold: first request %.1f ms, second %.1f ms%n", one.name(), first, second);
            }
            for (int i = 0; i < (one.name().equals(RUNG) ? 4 : 1); i++) {
                new Load(one.port(), one.request(false), 16).closed(WARM_UP);
                new Load(one.port(), one.request(true), 16).closed(WARM_UP);
            }
        }
        System.out.println();
    }

    private void compare(List<Contender> contenders, boolean stream, ChildProcess rung, Measurements measured)
            throws Exception {
        System.out.printf("%n%s%n%n", stream ? "Streams of 50 chunks" : "Whole replies");
        System.out.println(Summary.HEAD);
        for (int count : connections) {
            Map<String, Summary> summaries = new LinkedHashMap<>();
            contenders.forEach(one -> summaries.put(one.name(), new Summary(one.name(), count)));
            List<Contender> order = new ArrayList<>(contenders);
            for (int round = 0; round < rounds; round++) {
                Map<String, Measurement> these = new LinkedHashMap<>();
                for (Contender one : order) {
                    these.put(one.name(), measure(one, stream, count, rung));
                }
                Measurement direct = these.get(DIRECT);
                for (Map.Entry<String, Measurement> one : these.entrySet()) {
                    Summary summary = summaries.get(one.getKey());
                    if (summary != null && direct != null) {
                        summary.add(one.getValue(), direct);
                    }
                    measured.add(one.getKey(), stream, count, round, "closed", one.getValue());
                }
                Collections.rotate(order, 1); // nobody always follows the same one
            }
            for (Contender one : contenders) {
                Summary summary = summaries.get(one.name());
                if (summary != null && !one.name().equals(DIRECT)) {
                    double rate = summary.perSecond() / 2;
                    Load.Result open =
                            new Load(one.port(), one.request(stream), count).open(Duration.ofSeconds(seconds), rate);
                    summary.open(open);
                    measured.add(one.name(), stream, count, rounds, "open", new Measurement(open, 0, 0));
                }
            }
            summaries.values().forEach(System.out::println);
        }
    }

    private Measurement measure(Contender one, boolean stream, int count, ChildProcess rung) throws Exception {
        boolean ours = one.name().equals(RUNG);
        long allocated = ours ? rung.ask("allocated") : 0;
        Duration cpu = one.processes().cpu();
        Load.Result result = new Load(one.port(), one.request(stream), count).closed(Duration.ofSeconds(seconds));
        double spent = one.processes().cpu().minus(cpu).toNanos() / 1e3;
        int replies = result.whole().count();
        return new Measurement(
                result, spent / replies, ours ? (double) (rung.ask("allocated") - allocated) / replies : 0);
    }

    /** Holds many streams open that have begun and say nothing, and tells what memory they take. */
    private static void idleStreams(ChildProcess gateway, String key) throws IOException, InterruptedException {
        long heap = gateway.ask("heap");
        long resident = gateway.tree().resident();
        List<RawConnection> open = new ArrayList<>();
        try {
            for (int i = 0; i < STREAMS; i++) {
                RawConnection connection = new RawConnection(
                        gateway.port(), RawConnection.chat("/v1/chat/completions", "hold", true, key));
                connection.begin();
                open.add(connection);
            }
            Thread.sleep(500);
            System.out.printf(
                    "%,d open streams: %.1f MiB of heap, %.1f MiB resident above the base%n",
                    STREAMS,
                    (gateway.ask("heap") - heap) / 1048576.0,
                    (gateway.tree().resident() - resident) / 1048576.0);
        } finally {
            for (RawConnection connection : open) {
                connection.close();
            }
        }
    }

    /** Sends many requests, in ten parts, and tells of each how fast they were and what memory is in use after it. */
    private void soak(ChildProcess gateway, String key) throws Exception {
        if (soak == 0) {
            return;
        }
        System.out.println(
                "\n| requests so far | requests/s | p50 ms | p99 ms | heap in use MiB | resident MiB |\n| --- | --- | --- | --- | --- | --- |");
        byte[] request = RawConnection.chat("/v1/chat/completions", "mock", false, key);
        long done = 0;
        for (int part = 1; part <= 10; part++) {
            long began = System.nanoTime();
            Samples samples = new Samples();
            while (done + samples.count() < soak * part / 10) {
                samples.addAll(new Load(gateway.port(), request, 16)
                        .closed(Duration.ofSeconds(1))
                        .whole());
            }
            double time = (System.nanoTime() - began) / 1e9;
            done += samples.count();
            System.out.printf(
                    "| %,d | %,.0f | %.3f | %.3f | %.1f | %.0f |%n",
                    done,
                    samples.count() / time,
                    samples.millis(0.5),
                    samples.millis(0.99),
                    gateway.ask("heap") / 1048576.0,
                    gateway.tree().resident() / 1048576.0);
        }
    }

    /** Every measurement, in a file as it comes. */
    private static final class Measurements implements AutoCloseable {
        private final java.io.Writer out;

        Measurements(Path file) throws IOException {
            this.out = Files.newBufferedWriter(file);
        }

        void add(String name, boolean stream, int connections, int round, String loop, Measurement one) {
            try {
                out.write("{\"gateway\":\"%s\",\"stream\":%b,\"connections\":%d,\"round\":%d,\"loop\":\"%s\",%s}%n"
                        .formatted(name, stream, connections, round, loop, one.fields()));
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
