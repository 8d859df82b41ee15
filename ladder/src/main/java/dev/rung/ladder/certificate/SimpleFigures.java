package dev.rung.ladder.certificate;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/** Every estimate of a trial the plain way. */
final class SimpleFigures {
    private final List<Outcome> outcomes;
    private final double error;

    SimpleFigures(List<Outcome> outcomes, double confidence) {
        this.outcomes = outcomes;
        error = (1 - confidence) / 2;
    }

    /** An estimate between its bounds. */
    record Figure(double estimate, double low, double high, int n) {}

    /** Returns the figures by key, in order. */
    SequencedMap<String, Figure> all() {
        SequencedMap<String, Figure> all = new LinkedHashMap<>();
        if (outcomes.isEmpty()) {
            return all;
        }
        for (Metric metric : Metric.values()) {
            if (outcomes.stream().anyMatch(o -> o.scores().containsKey(metric))) {
                all.put(metric.key(), metric(metric));
            }
        }
        List<Outcome> labelled = outcomes.stream()
                .filter(o -> o.expected() instanceof Output.Label)
                .toList();
        if (!labelled.isEmpty()) {
            SimpleMacroF1 macro = new SimpleMacroF1(labelled);
            all.put("macro_f1", new Figure(macro.value(), macro.lower(error), macro.upper(error), labelled.size()));
        }
        all.put("p50_latency", latency(0.5));
        all.put("p95_latency", latency(0.95));
        all.put("cost_per_1000", cost());
        return all;
    }

    Figure metric(Metric metric) {
        List<List<Double>> clusters = clusters(o -> o.scores().getOrDefault(metric, Double.NaN));
        if (clusters.isEmpty()) {
            return new Figure(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        return metric.binary() ? rate(clusters) : score(clusters);
    }

    private List<List<Double>> clusters(ToDoubleFunction<Outcome> value) {
        Map<String, List<Double>> clusters = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            double x = value.applyAsDouble(outcome);
            if (!Double.isNaN(x)) {
                clusters.computeIfAbsent(outcome.cluster(), c -> new ArrayList<>())
                        .add(x);
            }
        }
        return List.copyOf(clusters.values());
    }

    private Figure rate(List<List<Double>> clusters) {
        int n = count(clusters);
        int k = clusters.size();
        double hits = sum(clusters);
        double rate = hits / n;
        if (k == n) {
            int right = (int) Math.round(hits);
            double low = SimpleProbability.lowerBound(right, n, error);
            return new Figure(rate, low, 1 - SimpleProbability.lowerBound(n - right, n, error), n);
        }
        double size = k;
        if (rate > 0 && rate < 1 && k > 1) {
            double between = 0;
            for (List<Double> cluster : clusters) {
                between += Math.pow(sum(List.of(cluster)) - rate * cluster.size(), 2);
            }
            double variance = between * k / (k - 1) / n / n;
            double ratio = SimpleProbability.student(error, n - 1) / SimpleProbability.student(error, k - 1);
            size = variance == 0 ? n : Math.min(n, rate * (1 - rate) / variance * ratio * ratio);
        }
        double low = SimpleProbability.lowerBound(rate * size, size, error);
        double high = 1 - SimpleProbability.lowerBound((1 - rate) * size, size, error);
        return new Figure(rate, Math.min(low, rate), Math.max(high, rate), n);
    }

    private Figure score(List<List<Double>> clusters) {
        double first = clusters.getFirst().getFirst();
        if (!clusters.stream().allMatch(cluster -> cluster.stream().allMatch(x -> x == first))) {
            return SimpleBootstrap.of(clusters, error);
        }
        int k = clusters.size();
        double share = Math.pow(error, 1.0 / k);
        return new Figure(first, share * first, share * first + 1 - share, count(clusters));
    }

    private Figure cost() {
        if (!outcomes.stream().allMatch(o -> o.price() instanceof Price.Known)) {
            return new Figure(Double.NaN, Double.NaN, Double.NaN, outcomes.size());
        }
        Figure one = SimpleBootstrap.of(clusters(SimpleFigures::dollars), error);
        return new Figure(1000 * one.estimate(), 1000 * one.low(), 1000 * one.high(), one.n());
    }

    static double dollars(Outcome outcome) {
        return outcome.price() instanceof Price.Known(Usd amount)
                ? amount.amount().doubleValue()
                : Double.NaN;
    }

    Figure latency(double quantile) {
        int n = outcomes.size();
        if (n == 0) {
            return new Figure(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        double[] seconds = new double[n];
        for (int i = 0; i < n; i++) {
            seconds[i] = outcomes.get(i).time().toNanos() / 1e9;
        }
        Arrays.sort(seconds);
        double[] below = SimpleProbability.binomial(n, quantile);
        int rank = (int) Math.max(1, Math.ceil(quantile * n));
        int low = 0;
        double left = 0;
        while (low < n && (left += below[low]) <= error) {
            low++;
        }
        int high = n;
        double right = 0;
        while (high > 0 && (right += below[high]) <= error) {
            high--;
        }
        return new Figure(
                seconds[rank - 1],
                low == 0 ? 0 : seconds[Math.min(low, rank) - 1],
                high == n ? Double.POSITIVE_INFINITY : seconds[Math.max(high + 1, rank) - 1],
                n);
    }

    static int count(List<List<Double>> clusters) {
        return clusters.stream().mapToInt(List::size).sum();
    }

    static double sum(List<List<Double>> clusters) {
        double sum = 0;
        for (List<Double> cluster : clusters) {
            for (double value : cluster) {
                sum += value;
            }
        }
        return sum;
    }
}
