package dev.rung.ladder.certificate;

import dev.rung.ladder.certificate.SimpleFigures.Figure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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
        List<Double> replicates = replicates(clusters);
        double below = 0;
        for (double replicate : replicates) {
            boolean tie = Math.abs(replicate / mean - 1) <= 1e-12;
            below += tie ? 0.5 : replicate < mean ? 1 : 0;
        }
        double share = Math.min(Math.max(below, 0.5), REPLICATES - 0.5) / REPLICATES;
        double bias = SimpleProbability.normalQuantile(share);
        double acceleration = acceleration(clusters);
        double z = SimpleProbability.normalQuantile(error);
        double low = at(replicates, bias, acceleration, z);
        double high = at(replicates, bias, acceleration, -z);
        return new Figure(mean, Math.min(low, mean), Math.max(high, mean), n);
    }

    // SplitMix64 (Steele, Lea and Flood 2014), and the high half of its product with the number of clusters.
    private static List<Double> replicates(List<List<Double>> clusters) {
        long state = 20_260_101;
        long k = clusters.size();
        double[] sums = new double[clusters.size()];
        for (int c = 0; c < sums.length; c++) {
            sums[c] = SimpleFigures.sum(List.of(clusters.get(c)));
        }
        List<Double> means = new ArrayList<>();
        for (int r = 0; r < REPLICATES; r++) {
            double sum = 0;
            long size = 0;
            for (int i = 0; i < clusters.size(); i++) {
                state += 0x9E3779B97F4A7C15L;
                long x = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
                x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
                x ^= x >>> 31;
                int c = (int) (((x >>> 32) * k + (((x & 0xFFFFFFFFL) * k) >>> 32)) >>> 32);
                sum += sums[c];
                size += clusters.get(c).size();
            }
            means.add(sum / size);
        }
        Collections.sort(means);
        return means;
    }

    private static double acceleration(List<List<Double>> clusters) {
        double sum = SimpleFigures.sum(clusters);
        double n = SimpleFigures.count(clusters);
        List<Double> without = new ArrayList<>();
        for (List<Double> cluster : clusters) {
            without.add((sum - SimpleFigures.sum(List.of(cluster))) / (n - cluster.size()));
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
        double p = SimpleProbability.normal(bias + (bias + z) / (1 - acceleration * (bias + z)));
        double place = Math.min(Math.max(p * (REPLICATES + 1) - 1, 0), REPLICATES - 1);
        int below = (int) place;
        double above = sorted.get(Math.min(below + 1, REPLICATES - 1));
        return sorted.get(below) + (place - below) * (above - sorted.get(below));
    }
}
