package dev.rung.core.statistics;

import java.util.Arrays;

/**
 * The bias-corrected and accelerated bootstrap interval of a mean (Efron 1987, "Better bootstrap confidence intervals"), resampling whole clusters.
 *
 * <p>Deterministic: the same values in the same order give the same interval. Memory grows with clusters and replicates, never with their product.
 */
public final class Bootstrap {
    static final int REPLICATES = 2_000;
    private static final long SEED = 20_260_101;

    private Bootstrap() {}

    public static Interval of(Groups groups, double confidence) {
        double mean = groups.mean();
        if (groups.allEqual() || groups.clusters() < 2) {
            return new Interval(mean, mean);
        }
        double[] replicates = replicates(groups);
        double bias = bias(replicates, mean);
        double acceleration = acceleration(groups);
        double z = Normal.quantile((1 - confidence) / 2);
        double low = quantile(replicates, adjusted(bias, acceleration, z));
        double high = quantile(replicates, adjusted(bias, acceleration, -z));
        return new Interval(Math.min(low, mean), Math.max(high, mean));
    }

    private static double[] replicates(Groups groups) {
        SplitMix64 random = new SplitMix64(SEED);
        int clusters = groups.clusters();
        double[] means = new double[REPLICATES];
        for (int r = 0; r < REPLICATES; r++) {
            double sum = 0;
            long size = 0;
            for (int i = 0; i < clusters; i++) {
                int c = random.below(clusters);
                sum += groups.sum(c);
                size += groups.size(c);
            }
            means[r] = sum / size;
        }
        Arrays.sort(means);
        return means;
    }

    // How far the median replicate lies from the mean, in normal units; ties, which rounding may part, count half.
    private static double bias(double[] replicates, double mean) {
        double rounding = 1e-12 * Math.abs(mean);
        double below = 0;
        for (double replicate : replicates) {
            below += Math.abs(replicate - mean) <= rounding ? 0.5 : replicate < mean ? 1 : 0;
        }
        return Normal.quantile(Math.clamp(below, 0.5, REPLICATES - 0.5) / REPLICATES);
    }

    // The skewness of the mean's influence, by leaving out one cluster at a time.
    private static double acceleration(Groups groups) {
        double sum = groups.sum();
        int clusters = groups.clusters();
        double[] without = new double[clusters];
        double average = 0;
        for (int c = 0; c < clusters; c++) {
            without[c] = (sum - groups.sum(c)) / (groups.n() - groups.size(c));
            average += without[c] / clusters;
        }
        double squares = 0;
        double cubes = 0;
        for (double value : without) {
            double d = average - value;
            squares += d * d;
            cubes += d * d * d;
        }
        return squares == 0 ? 0 : cubes / (6 * StrictMath.pow(squares, 1.5));
    }

    private static double adjusted(double bias, double acceleration, double z) {
        double shifted = bias + z;
        return Normal.cdf(bias + shifted / (1 - acceleration * shifted));
    }

    private static double quantile(double[] sorted, double p) {
        double place = Math.clamp(p * (sorted.length + 1) - 1, 0, sorted.length - 1.0);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
