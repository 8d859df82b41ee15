package dev.rung.gateway.observe;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** How often a value fell into each of some ranges; thread-safe, and cheap to add to. */
final class Histogram {
    private final double[] bounds;
    private final LongAdder[] counts;
    private final LongAdder micros = new LongAdder();

    /** Makes a histogram with the upper ends {@code bounds}, ascending, and everything above. */
    Histogram(double[] bounds) {
        this.bounds = bounds;
        this.counts = new LongAdder[bounds.length + 1];
        Arrays.setAll(counts, i -> new LongAdder());
    }

    void add(double value) {
        int i = 0;
        while (i < bounds.length && value > bounds[i]) {
            i++;
        }
        counts[i].increment();
        micros.add(Math.round(value * 1e6));
    }

    /** Writes the histogram in Prometheus's text format. */
    void write(String name, String labels, StringBuilder to) {
        long below = 0;
        String comma = labels.isEmpty() ? "" : ",";
        for (int i = 0; i < counts.length; i++) {
            below += counts[i].sum();
            String bound = i < bounds.length ? Metrics.number(bounds[i]) : "+Inf";
            to.append(name)
                    .append("_bucket{")
                    .append(labels)
                    .append(comma)
                    .append("le=\"")
                    .append(bound)
                    .append("\"} ");
            to.append(below).append('\n');
        }
        String braces = labels.isEmpty() ? "" : "{" + labels + "}";
        to.append(name)
                .append("_sum")
                .append(braces)
                .append(' ')
                .append(Metrics.number(micros.sum() / 1e6))
                .append('\n');
        to.append(name)
                .append("_count")
                .append(braces)
                .append(' ')
                .append(below)
                .append('\n');
    }
}
