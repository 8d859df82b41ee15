package dev.rung.core.statistics;

/**
 * The bias-corrected and accelerated bootstrap interval of a figure (Efron 1987, "Better bootstrap confidence intervals"), resampling whole clusters, with percentiles
 * expanded for small samples (Hesterberg 2015, "What teachers should know about the bootstrap").
 *
 * <p>Deterministic: the same values in the same order give the same interval. Immutable.
 */
public final class Bootstrap {
    /** Replicates of an interval that is shown. */
    public static final int REPLICATES = 2_000;

    private final int clusters;
    private final double figure;
    private final double[] replicates;
    private final double bias;
    private final double acceleration;

    /** Draws {@code count} replicates of {@code statistic}, which has two clusters or more. */
    public Bootstrap(Resampled statistic, int count) {
        this(statistic, Resampling.of(statistic, statistic.clusters(), count));
    }

    /** Takes replicates of {@code statistic} that were drawn already. */
    public Bootstrap(Resampled statistic, Resampling.Drawn drawn) {
        this(statistic, drawn.sorted());
    }

    private Bootstrap(Resampled statistic, double[] replicates) {
        clusters = statistic.clusters();
        figure = statistic.all();
        this.replicates = replicates;
        bias = bias(replicates, figure);
        acceleration = acceleration(statistic);
    }

    /** Returns the interval of a mean at {@code confidence}. */
    public static Interval of(Groups groups, double confidence) {
        double mean = groups.mean();
        if (groups.allEqual() || groups.clusters() < 2) {
            return new Interval(mean, mean);
        }
        Bootstrap bootstrap = new Bootstrap(mean(groups), REPLICATES);
        double error = (1 - confidence) / 2;
        return new Interval(bootstrap.lower(error), bootstrap.upper(error));
    }

    /** Returns the bound that lies above the truth with chance about {@code error}; never above the figure itself. */
    public double lower(double error) {
        return Math.min(quantile(replicates, adjusted(-reach(error))), figure);
    }

    /** Returns the bound that lies below the truth with chance about {@code error}; never below the figure itself. */
    public double upper(double error) {
        return Math.max(quantile(replicates, adjusted(reach(error))), figure);
    }

    /** Returns the mean of all values as a figure of their clusters. */
    public static Resampled mean(Groups groups) {
        return new Mean(groups);
    }

    private record Mean(Groups groups) implements Resampled {
        @Override
        public int clusters() {
            return groups.clusters();
        }

        @Override
        public double all() {
            return groups.mean();
        }

        @Override
        public double without(int cluster) {
            return (groups.sum() - groups.sum(cluster)) / (groups.n() - groups.size(cluster));
        }

        @Override
        public double weighted(int[] times) {
            return groups.sum(times) / groups.n(times);
        }
    }

    // How far the median replicate lies from the figure, in normal units; ties, which rounding may part, count half.
    private static double bias(double[] replicates, double figure) {
        double rounding = 1e-12 * Math.abs(figure);
        double below = 0;
        for (double replicate : replicates) {
            below += Math.abs(replicate - figure) <= rounding ? 0.5 : replicate < figure ? 1 : 0;
        }
        return Normal.quantile(Math.clamp(below, 0.5, replicates.length - 0.5) / replicates.length);
    }

    // The skewness of the figure's influence, by leaving out one cluster at a time.
    private static double acceleration(Resampled statistic) {
        int clusters = statistic.clusters();
        double[] without = new double[clusters];
        double average = 0;
        for (int c = 0; c < clusters; c++) {
            without[c] = statistic.without(c);
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

    // Resampling n clusters shows (n-1)/n of their variance, and knows it no better than n-1 squares tell: percentiles
    // reach as much further out as Student's t does.
    private double reach(double error) {
        return Student.upperQuantile(error, clusters - 1) * Math.sqrt(clusters / (clusters - 1.0));
    }

    private double adjusted(double z) {
        double shifted = bias + z;
        double room = 1 - acceleration * shifted;
        return room <= 0 ? (shifted < 0 ? 0 : 1) : Normal.cdf(bias + shifted / room);
    }

    private static double quantile(double[] sorted, double p) {
        double place = Math.clamp(p * (sorted.length + 1) - 1, 0, sorted.length - 1.0);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
