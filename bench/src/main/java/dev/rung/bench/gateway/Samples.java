package dev.rung.bench.gateway;

import java.util.Arrays;
import java.util.List;

/** Durations in nanoseconds, gathered; not thread-safe. */
final class Samples {
    private long[] nanos = new long[1 << 12];
    private int count;

    void add(long sample) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = sample;
    }

    void addAll(Samples others) {
        Arrays.stream(others.nanos, 0, others.count).forEach(this::add);
    }

    int count() {
        return count;
    }

    static Samples all(List<Samples> parts) {
        Samples all = new Samples();
        for (Samples part : parts) {
            all.addAll(part);
        }
        return all;
    }

    /** Returns the quantile in milliseconds; sorts the samples. */
    double millis(double quantile) {
        Arrays.sort(nanos, 0, count);
        return nanos[(int) (quantile * (count - 1))] / 1e6;
    }
}
