package dev.rung.core.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Draws of clusters with replacement, and what figures are under each: all figures of equally many clusters share their draws, which cost more than most figures do.
 *
 * <p>The r-th draw of k clusters is the same wherever it is made, so a figure's replicates depend neither on what else is drawn nor on the number of threads.
 * Memory grows with clusters and replicates, never with their product. Not thread-safe.
 */
public final class Resampling {
    private static final long SEED = 20_260_101;
    // Fewer numbers than this are drawn sooner than threads start.
    private static final long WORTH_THREADS = 1_000_000;
    private static final int PIECES = 16;

    private final int replicates;
    private final Map<Integer, List<Drawn>> byClusters = new LinkedHashMap<>();

    public Resampling(int replicates) {
        this.replicates = replicates;
    }

    /** What a figure is under every draw. */
    public static final class Drawn {
        private final Weighted figure;
        private final double[] values;

        private Drawn(Weighted figure, int replicates) {
            this.figure = figure;
            values = new double[replicates];
        }

        /** Returns the figure's values in ascending order. */
        double[] sorted() {
            return values;
        }
    }

    /** Returns the sorted values of one figure of so many clusters. */
    static double[] of(Weighted figure, int clusters, int replicates) {
        Resampling resampling = new Resampling(replicates);
        Drawn drawn = resampling.add(figure, clusters);
        resampling.run();
        return drawn.sorted();
    }

    /** Adds a figure of {@code clusters} clusters, at least one, to be drawn by {@link #run}. */
    public Drawn add(Weighted figure, int clusters) {
        Drawn drawn = new Drawn(figure, replicates);
        byClusters.computeIfAbsent(clusters, fresh -> new ArrayList<>()).add(drawn);
        return drawn;
    }

    /** Draws for every figure that was added. */
    public void run() {
        byClusters.forEach((clusters, figures) -> {
            IntStream pieces = IntStream.range(0, PIECES);
            boolean large = (long) clusters * replicates >= WORTH_THREADS;
            (large ? pieces.parallel() : pieces).forEach(piece -> draw(piece, clusters, figures));
            figures.forEach(drawn -> Arrays.sort(drawn.values));
        });
    }

    private void draw(int piece, int clusters, List<Drawn> figures) {
        int from = (int) ((long) replicates * piece / PIECES);
        int to = (int) ((long) replicates * (piece + 1) / PIECES);
        SplitMix64 random = SplitMix64.after(SEED, (long) from * clusters);
        int[] times = new int[clusters];
        for (int r = from; r < to; r++) {
            Arrays.fill(times, 0);
            for (int i = 0; i < clusters; i++) {
                times[random.below(clusters)]++;
            }
            for (Drawn drawn : figures) {
                drawn.values[r] = drawn.figure.weighted(times);
            }
        }
    }
}
