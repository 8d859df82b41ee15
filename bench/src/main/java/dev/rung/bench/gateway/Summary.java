package dev.rung.bench.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Medians over the rounds of one gateway at one number of connections, printed as a line of a table; what it added is taken against the direct calls of the same round. Not thread-safe. */
final class Summary {
    static final String HEAD =
            "| | connections | requests/s | p50 ms | added p50 ms | added first byte p50 ms | p99 ms | CPU µs a request | open loop at half, p50 / p99 ms | allocated bytes |\n"
                    + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |";

    private record Pair(Measurement mine, Measurement direct) {}

    private final String name;
    private final int connections;
    private final List<Pair> pairs = new ArrayList<>();
    private Load.@Nullable Result open;

    Summary(String name, int connections) {
        this.name = name;
        this.connections = connections;
    }

    void add(Measurement mine, Measurement direct) {
        pairs.add(new Pair(mine, direct));
    }

    void open(Load.Result result) {
        open = result;
    }

    double perSecond() {
        return median(pair -> pair.mine().result().perSecond());
    }

    private double median(ToDoubleFunction<Pair> what) {
        double[] sorted = pairs.stream().mapToDouble(what).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @Override
    public String toString() {
        double allocated = median(pair -> pair.mine().allocated());
        return String.format(
                Locale.ROOT,
                "| %s | %d | %,.0f | %.3f | %.3f | %.3f | %.2f | %.0f | %s | %s |",
                name,
                connections,
                perSecond(),
                median(pair -> pair.mine().p50()),
                median(pair -> pair.mine().p50() - pair.direct().p50()),
                median(pair -> pair.mine().firstByteP50() - pair.direct().firstByteP50()),
                median(pair -> pair.mine().result().whole().millis(0.99)),
                median(pair -> pair.mine().cpuMicros()),
                open == null
                        ? ""
                        : "%.3f / %.2f"
                                .formatted(
                                        open.whole().millis(0.5), open.whole().millis(0.99)),
                allocated == 0 ? "" : "%,.0f".formatted(allocated));
    }
}
