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
    private static final int FEW = 30;

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
                .filter(o -> o.expected() instanceof Output.Label && !(o.output() instanceof Output.Abstention))
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
        if (effective(clusters) < FEW) {
            return few(clusters);
        }
        return at(rate, size(clusters), n);
    }

    private Figure at(double mean, double size, int n) {
        double low = SimpleProbability.lowerBound(mean * size, size, error);
        double high = 1 - SimpleProbability.lowerBound((1 - mean) * size, size, error);
        return new Figure(mean, Math.min(low, mean), Math.max(high, mean), n);
    }

    // How many independent rows tell as much as clusters of zeros and ones.
    private double size(List<List<Double>> clusters) {
        int n = count(clusters);
        int k = clusters.size();
        double rate = sum(clusters) / n;
        double least = effective(clusters);
        if (k == n || least < FEW || rate == 0 || rate == 1) {
            return k == n ? n : least;
        }
        double squares = 0;
        double fourths = 0;
        for (List<Double> cluster : clusters) {
            double residual = sum(List.of(cluster)) - rate * cluster.size();
            squares += Math.pow(residual, 2);
            fourths += Math.pow(residual, 4);
        }
        if (squares == 0) {
            return n;
        }
        double variance = squares * k / (k - 1) / n / n;
        int freedom = (int) Math.max(1, Math.min(k - 1, Math.floor(squares * squares / fourths + 1e-9)));
        double ratio = -SimpleProbability.normalQuantile(error) / SimpleProbability.student(error, freedom);
        return Math.max(least, Math.min(n, rate * (1 - rate) / variance * ratio * ratio));
    }

    // Clusters of one size that tell as much when all rows of a cluster agree.
    private static double effective(List<List<Double>> clusters) {
        double seen = 0;
        for (List<Double> cluster : clusters) {
            seen += (double) cluster.size() * cluster.size();
        }
        return Math.pow(count(clusters), 2) / seen;
    }

    private Figure score(List<List<Double>> clusters) {
        if (effective(clusters) < FEW) {
            return few(clusters);
        }
        double first = clusters.getFirst().getFirst();
        if (!clusters.stream().allMatch(cluster -> cluster.stream().allMatch(x -> x == first))) {
            return SimpleBootstrap.of(clusters, error);
        }
        int k = clusters.size();
        double share = Math.pow(error, 1.0 / k);
        return new Figure(first, share * first, share * first + 1 - share, count(clusters));
    }

    // As if one cluster more had been seen, of the average size and at the worst end, and no wider than a rate's
    // interval.
    private Figure few(List<List<Double>> clusters) {
        int n = count(clusters);
        double mean = sum(clusters) / n;
        Figure widest = at(mean, effective(clusters), n);
        if (clusters.stream().flatMap(List::stream).distinct().count() == 1) {
            return widest;
        }
        double low = Math.max(widest.low(), withUnseen(clusters, 0) - reach(clusters, 0));
        double high = Math.min(widest.high(), withUnseen(clusters, 1) + reach(clusters, 1));
        return new Figure(mean, Math.min(mean, low), Math.max(mean, high), n);
    }

    private static double withUnseen(List<List<Double>> clusters, double value) {
        double size = (double) count(clusters) / clusters.size();
        return (sum(clusters) + value * size) / (count(clusters) + size);
    }

    private double reach(List<List<Double>> clusters, double value) {
        int k = clusters.size();
        double size = (double) count(clusters) / k;
        double mean = withUnseen(clusters, value);
        double squares = Math.pow((value - mean) * size, 2);
        for (List<Double> cluster : clusters) {
            squares += Math.pow(sum(List.of(cluster)) - mean * cluster.size(), 2);
        }
        return SimpleProbability.student(error, k) * Math.sqrt(squares / k * (k + 1)) / (count(clusters) + size);
    }

    private Figure cost() {
        if (!outcomes.stream().allMatch(o -> o.price() instanceof Price.Known)) {
            return new Figure(Double.NaN, Double.NaN, Double.NaN, outcomes.size());
        }
        List<List<Double>> prices = clusters(SimpleFigures::dollars);
        double k = effective(prices);
        double above = k < 4 ? error / 4 : error * k / (k + 12);
        Figure one = SimpleBootstrap.studentized(prices, error, above);
        return new Figure(1000 * one.estimate(), Math.max(0, 1000 * one.low()), 1000 * one.high(), one.n());
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
        int rank = (int) Math.max(1, Math.ceil(quantile * n));
        double middle = seconds[rank - 1];
        int m = (int) Math.max(1, Math.floor(size(clusters(o -> o.time().toNanos() / 1e9 <= middle ? 1.0 : 0.0))));
        double[] below = SimpleProbability.binomial(m, quantile);
        int low = 0;
        double left = 0;
        while (low < m && (left += below[low]) <= error) {
            low++;
        }
        int high = m;
        double right = 0;
        while (high > 0 && (right += below[high]) <= error) {
            high--;
        }
        int lowRank = (int) Math.floor((double) low * n / m);
        int highRank = (int) Math.ceil((double) (high + 1) * n / m);
        return new Figure(
                middle,
                low == 0 ? 0 : seconds[Math.min(lowRank, rank) - 1],
                high == m ? Double.POSITIVE_INFINITY : seconds[Math.max(highRank, rank) - 1],
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
