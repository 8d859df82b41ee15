package dev.rung.gateway.observe;

import dev.rung.store.RequestRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts of what the gateway did, for Prometheus (text format 0.0.4); thread-safe.
 *
 * <p>A request costs a look-up and some additions. Labels are operation, provider, model and status, so that there are as many series as configured models
 * times outcomes, whatever callers send: requests that were not admitted have no model.
 */
public final class Metrics {
    private static final double[] SECONDS = {
        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92
    };
    private static final double[] TOKENS = {
        1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864
    };
    private static final int MOST_SERIES = 5_000;

    private final GenAiNames names;
    private final Map<Labels, Series> series = new ConcurrentHashMap<>();
    private final Map<Gauge, LongSupplier> gauges = new LinkedHashMap<>();

    private record Labels(String operation, String provider, String model, int status, String ending, String cache) {}

    private record Gauge(String name, String help, String type) {}

    /** What is counted for one set of labels. */
    private static final class Series {
        private final LongAdder requests = new LongAdder();
        private final LongAdder input = new LongAdder();
        private final LongAdder cached = new LongAdder();
        private final LongAdder output = new LongAdder();
        private final LongAdder price = new LongAdder();
        private final LongAdder unpriced = new LongAdder();
        private final LongAdder unsure = new LongAdder();
        private final Histogram seconds = new Histogram(SECONDS);
        private final Histogram first = new Histogram(SECONDS);
        private final Histogram inputTokens = new Histogram(TOKENS);
        private final Histogram outputTokens = new Histogram(TOKENS);
    }

    public Metrics(GenAiNames names) {
        this.names = names;
    }

    /** Adds a number that is asked for whenever metrics are; before the first request. */
    public void gauge(String name, String help, LongSupplier value) {
        gauges.put(new Gauge(name, help, "gauge"), value);
    }

    /** Adds a number that only grows, as {@link #gauge} does. */
    public void counter(String name, String help, LongSupplier value) {
        gauges.put(new Gauge(name, help, "counter"), value);
    }

    /** Counts a request that has ended. */
    public void add(RequestRow row) {
        boolean refused = row.ending().equals("refused");
        Labels labels = new Labels(
                row.operation(),
                row.upstream() == null ? "" : row.upstream(),
                refused ? "" : row.model(),
                row.status(),
                row.ending(),
                row.cache() == null ? "" : row.cache());
        Series found = series.get(labels);
        if (found == null) {
            Labels kept =
                    series.size() < MOST_SERIES ? labels : new Labels(row.operation(), "", "", row.status(), "", "");
            found = series.computeIfAbsent(kept, each -> new Series());
        }
        found.requests.increment();
        found.seconds.add(row.totalMicros() / 1e6);
        if (row.firstByteMicros() != null) {
            found.first.add(row.firstByteMicros() / 1e6);
        }
        if (!refused) {
            tokens(row, found);
        }
    }

    private static void tokens(RequestRow row, Series to) {
        long input = orZero(row.inputTokens());
        long output = orZero(row.outputTokens());
        to.input.add(input);
        to.cached.add(orZero(row.cachedTokens()));
        to.output.add(output);
        to.inputTokens.add((double) input);
        to.outputTokens.add((double) output);
        if (Boolean.TRUE.equals(row.abstained())) {
            to.unsure.increment();
        }
        if (row.price() == null) {
            to.unpriced.increment();
        } else {
            to.price.add(row.price());
        }
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    /** Returns everything in Prometheus's text format. */
    public String text() {
        StringBuilder to = new StringBuilder(16_384);
        List<Map.Entry<Labels, Series>> all = new ArrayList<>(series.entrySet());
        family(
                to,
                all,
                "rung_requests_total",
                "counter",
                "Requests, by how they ended.",
                s -> Long.toString(s.requests.sum()));
        family(
                to,
                all,
                "rung_spend_usd_total",
                "counter",
                "Money spent, as far as prices are known.",
                s -> BigDecimal.valueOf(s.price.sum(), 12).stripTrailingZeros().toPlainString());
        family(
                to,
                all,
                "rung_unknown_price_total",
                "counter",
                "Requests whose price is unknown.",
                s -> Long.toString(s.unpriced.sum()));
        family(
                to,
                all,
                "rung_unsure_total",
                "counter",
                "Answers of releases that said they do not know.",
                s -> Long.toString(s.unsure.sum()));
        histogram(to, all, GenAiNames.DURATION, "_seconds", "How long a request took.", s -> s.seconds, "");
        histogram(
                to,
                all,
                GenAiNames.FIRST_CHUNK,
                "_seconds",
                "How long until the first byte of the answer.",
                s -> s.first,
                "");
        if (names.latest()) {
            family(
                    to,
                    all,
                    GenAiNames.prometheus(GenAiNames.INPUT_COUNTER) + "_total",
                    "counter",
                    "Tokens read.",
                    s -> Long.toString(s.input.sum()));
            family(
                    to,
                    all,
                    GenAiNames.prometheus(GenAiNames.OUTPUT_COUNTER) + "_total",
                    "counter",
                    "Tokens written.",
                    s -> Long.toString(s.output.sum()));
            family(
                    to,
                    all,
                    GenAiNames.prometheus(GenAiNames.CACHE_READ_COUNTER) + "_total",
                    "counter",
                    "Tokens read from a provider's cache.",
                    s -> Long.toString(s.cached.sum()));
        } else {
            String type = GenAiNames.prometheus(GenAiNames.TOKEN_TYPE);
            histogram(to, all, GenAiNames.TOKENS, "", "Tokens of a request.", s -> s.inputTokens, type + "=\"input\"");
            bare(to, all, GenAiNames.TOKENS, s -> s.outputTokens, type + "=\"output\"");
        }
        gauges.forEach((gauge, value) -> {
            head(to, gauge.name(), gauge.type(), gauge.help());
            to.append(gauge.name()).append(' ').append(value.getAsLong()).append('\n');
        });
        return to.toString();
    }

    private interface Value {
        String of(Series series);
    }

    private interface Part {
        Histogram of(Series series);
    }

    private void family(
            StringBuilder to, List<Map.Entry<Labels, Series>> all, String name, String type, String help, Value value) {
        head(to, name, type, help);
        for (Map.Entry<Labels, Series> each : all) {
            to.append(name).append('{').append(labels(each.getKey())).append("} ");
            to.append(value.of(each.getValue())).append('\n');
        }
    }

    private void histogram(
            StringBuilder to,
            List<Map.Entry<Labels, Series>> all,
            String name,
            String unit,
            String help,
            Part part,
            String more) {
        head(to, GenAiNames.prometheus(name) + unit, "histogram", help);
        bare(to, all, name + unit, part, more);
    }

    private void bare(StringBuilder to, List<Map.Entry<Labels, Series>> all, String name, Part part, String more) {
        for (Map.Entry<Labels, Series> each : all) {
            String labels = labels(each.getKey()) + (more.isEmpty() ? "" : "," + more);
            part.of(each.getValue()).write(GenAiNames.prometheus(name), labels, to);
        }
    }

    private static void head(StringBuilder to, String name, String type, String help) {
        to.append("# HELP ")
                .append(name)
                .append(' ')
                .append(help)
                .append("\n# TYPE ")
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }

    private String labels(Labels labels) {
        StringBuilder to = new StringBuilder();
        label(to, GenAiNames.OPERATION, labels.operation());
        label(to, names.provider(), labels.provider());
        label(to, GenAiNames.REQUEST_MODEL, labels.model());
        label(to, "status", Integer.toString(labels.status()));
        label(to, "ending", labels.ending());
        label(to, "cache", labels.cache());
        return to.toString();
    }

    private static void label(StringBuilder to, String name, String value) {
        if (value.isEmpty()) {
            return;
        }
        to.append(to.isEmpty() ? "" : ",").append(GenAiNames.prometheus(name)).append("=\"");
        to.append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append('"');
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
