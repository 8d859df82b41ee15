package dev.rung.ladder.certificate;

import dev.rung.ladder.certificate.SimpleFigures.Figure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The bias-corrected and accelerated bootstrap the plain way, on the same published stream of random numbers. */
final class SimpleBootstrap {
    private static final int REPLICATES = 2_000;

    private SimpleBootstrap() {}

    static Figure of(List<List<Double>> clusters, double error) {
        int n = SimpleFigures.count(clusters);
        double mean = SimpleFigures.sum(clusters) / n;
        boolean constant = clusters.stream().flatMap(List::stream).distinct().count() == 1;
        if (constant || clusters.size() < 2) {
            return new Figure(mean, mean, mean, n);
        }
        ToDoubleFunction<List<List<Double>>> figure = drawn -> SimpleFigures.sum(drawn) / SimpleFigures.count(drawn);
        double low = bound(clusters, figure, REPLICATES, error, true);
        double high = bound(clusters, figure, REPLICATES, error, false);
        return new Figure(mean, Math.min(low, mean), Math.max(high, mean), n);
    }

    /** Returns the lower or upper bound of any figure of clusters, with chance {@code error} of missing the truth. */
    static <T> double bound(
            List<T> clusters, ToDoubleFunction<List<T>> figure, int count, double error, boolean lower) {
        double truth = figure.applyAsDouble(clusters);
        List<Double> replicates = replicates(clusters, figure, count);
        double below = 0;
        for (double replicate : replicates) {
            boolean tie = Math.abs(replicate - truth) <= 1e-12 * Math.abs(truth);
            below += tie ? 0.5 : replicate < truth ? 1 : 0;
        }
        double share = Math.min(Math.max(below, 0.5), count - 0.5) / count;
        double bias = SimpleProbability.normalQuantile(share);
        int k = clusters.size();
        double z = -SimpleProbability.student(error, k - 1) * Math.sqrt((double) k / (k - 1));
        return at(replicates, bias, acceleration(clusters, figure), lower ? z : -z);
    }

    /** Returns the bootstrap-t interval: each replicate is measured in its own standard errors, and the upper end from half a cluster more, like the farthest. */
    static Figure studentized(List<List<Double>> clusters, double below, double above) {
        int n = SimpleFigures.count(clusters);
        double mean = SimpleFigures.sum(clusters) / n;
        if (clusters.stream().flatMap(List::stream).distinct().count() == 1 || clusters.size() < 2) {
            return new Figure(mean, mean, mean, n);
        }
        List<Double> pivots = new ArrayList<>();
        Draws draws = new Draws(clusters.size());
        for (int r = 0; r < REPLICATES; r++) {
            List<List<Double>> drawn = new ArrayList<>();
            for (int i = 0; i < clusters.size(); i++) {
                drawn.add(clusters.get(draws.next()));
            }
            double replicate = SimpleFigures.sum(drawn) / SimpleFigures.count(drawn);
            double away = replicate - mean;
            double spread = spread(drawn);
            boolean onTheMean = Math.abs(away / mean) <= 1e-12;
            pivots.add(spread > 0 ? away / spread : onTheMean ? 0 : away * Double.POSITIVE_INFINITY);
        }
        Collections.sort(pivots);
        double size = (double) n / clusters.size();
        double farthest = clusters.stream()
                .mapToDouble(cluster -> SimpleFigures.sum(List.of(cluster)) - mean * cluster.size())
                .max()
                .orElseThrow();
        double raised = (SimpleFigures.sum(clusters) + (mean * size + farthest) / 2) / (n + size / 2);
        double squares = Math.pow(mean * size + farthest - raised * size, 2) / 2;
        for (List<Double> cluster : clusters) {
            squares += Math.pow(SimpleFigures.sum(List.of(cluster)) - raised * cluster.size(), 2);
        }
        double k = clusters.size() + 0.5;
        double raisedSpread = Math.sqrt(squares / (k - 1) * k) / (n + size / 2);
        return new Figure(
                mean,
                mean - Math.max(0, between(pivots, 1 - below)) * spread(clusters),
                raised - Math.min(0, between(pivots, above)) * raisedSpread,
                n);
    }

    // The standard error of the mean, 0 where clusters differ by rounding alone.
    private static double spread(List<List<Double>> clusters) {
        int k = clusters.size();
        double mean = SimpleFigures.sum(clusters) / SimpleFigures.count(clusters);
        double residuals = 0;
        double squares = 0;
        for (List<Double> cluster : clusters) {
            double sum = SimpleFigures.sum(List.of(cluster));
            residuals += Math.pow(sum - mean * cluster.size(), 2);
            squares += sum * sum;
        }
        return residuals <= 1e-12 * squares ? 0 : Math.sqrt(residuals * k / (k - 1)) / SimpleFigures.count(clusters);
    }

    /** Numbers of clusters: SplitMix64 (Steele, Lea and Flood 2014), and the high half of its product with how many there are. */
    private static final class Draws {
        private final long clusters;
        private long state = 20_260_101;

        Draws(int clusters) {
            this.clusters = clusters;
        }

        int next() {
            state += 0x9E3779B97F4A7C15L;
            long x = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
            x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
            x ^= x >>> 31;
            return (int) (((x >>> 32) * clusters + (((x & 0xFFFFFFFFL) * clusters) >>> 32)) >>> 32);
        }
    }

    private static <T> List<Double> replicates(List<T> clusters, ToDoubleFunction<List<T>> figure, int count) {
        Draws draws = new Draws(clusters.size());
        List<Double> figures = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            List<T> drawn = new ArrayList<>();
            for (int i = 0; i < clusters.size(); i++) {
                drawn.add(clusters.get(draws.next()));
            }
            figures.add(figure.applyAsDouble(drawn));
        }
        Collections.sort(figures);
        return figures;
    }

    private static <T> double acceleration(List<T> clusters, ToDoubleFunction<List<T>> figure) {
        List<Double> without = new ArrayList<>();
        for (int c = 0; c < clusters.size(); c++) {
            List<T> rest = new ArrayList<>(clusters);
            rest.remove(c);
            without.add(figure.applyAsDouble(rest));
        }
        double average = SimpleFigures.sum(List.of(without)) / without.size();
        double squares = 0;
        double cubes = 0;
        for (double value : without) {
            squares += Math.pow(average - value, 2);
            cubes += Math.pow(average - value, 3);
        }
        return squares == 0 ? 0 : cubes / 6 / Math.pow(squares, 1.5);
    }

    private static double at(List<Double> sorted, double bias, double acceleration, double z) {
        double room = 1 - acceleration * (bias + z);
        double p = room > 0 ? SimpleProbability.normal(bias + (bias + z) / room) : bias + z < 0 ? 0 : 1;
        return between(sorted, p);
    }

    // The quantile, linear between neighbours; an infinite one is taken as it is.
    private static double between(List<Double> sorted, double p) {
        int count = sorted.size();
        double place = Math.min(Math.max(p * (count + 1) - 1, 0), count - 1);
        int below = (int) place;
        double low = sorted.get(below);
        double high = sorted.get(Math.min(below + 1, count - 1));
        return low == high || Double.isInfinite(low) || place == below ? low : low + (place - below) * (high - low);
    }
}
