package dev.rung.core.evidence.forecast;

import java.util.List;
import java.util.TreeMap;

/**
 * Measurements of a learning curve, averaged by number of rows, with the two kinds of noise in them.
 *
 * <p>An error rate e that is measured by one training run on m held-out rows differs from the expected one in two ways. The held-out rows are a sample, which shifts all
 * measurements on them the same way, with variance e(1 − e)/m. And the rows trained on are a sample too, which gives each run its own luck, with variance κ·e(1 − e). κ is
 * estimated from what remains when the mean of each size and the mean of each held-out set are taken out (a two-way layout). With no such remainder, as when each size was
 * measured once, κ is taken to be 1/m: the luck of training is then as large as that of testing.
 */
final class Measured {
    final double[] rows; // ascending
    final double[] error;
    /** By size: how many runs its error is the mean of. */
    final double[] runs;
    /** Held-out rows in all, each counted once. */
    final double heldOut;
    /** The variance of one run's luck, by e(1 − e). */
    final double luck;
    /** How many independent remainders {@link #luck} rests on; 0 for none. */
    final int degrees;

    private Measured(double[] rows, double[] error, double[] runs, double heldOut, double luck, int degrees) {
        this.rows = rows;
        this.error = error;
        this.runs = runs;
        this.heldOut = heldOut;
        this.luck = luck;
        this.degrees = degrees;
    }

    static Measured of(List<CurvePoint> points) {
        TreeMap<Integer, double[]> sizes = new TreeMap<>(); // wrong, answered, runs
        TreeMap<Integer, Integer> sets = new TreeMap<>();
        for (CurvePoint point : points) {
            double[] sum = sizes.computeIfAbsent(point.rows(), fresh -> new double[3]);
            sum[0] += point.answered() - point.right();
            sum[1] += point.answered();
            sum[2]++;
            sets.merge(point.heldOut(), point.answered(), Math::max);
        }
        double[] rows =
                sizes.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
        double[] error = sizes.values().stream().mapToDouble(s -> s[0] / s[1]).toArray();
        double[] runs = sizes.values().stream().mapToDouble(s -> s[2]).toArray();
        double heldOut =
                sets.values().stream().mapToDouble(Integer::doubleValue).sum();
        int degrees = Math.max(0, points.size() - sizes.size() - sets.size() + 1);
        double once = heldOut / sets.size();
        double luck = degrees == 0 ? 1 / once : remainder(points) / degrees;
        return new Measured(rows, error, runs, heldOut, luck, degrees);
    }

    // The sum of squared remainders, each by its e(1 - e): size means and set means fitted in turn until they settle.
    private static double remainder(List<CurvePoint> points) {
        double[] left = new double[points.size()];
        double[] spread = new double[points.size()];
        TreeMap<Integer, double[]> errors = new TreeMap<>();
        for (CurvePoint point : points) {
            double[] sum = errors.computeIfAbsent(point.rows(), fresh -> new double[2]);
            sum[0] += point.answered() - point.right() + 0.5;
            sum[1] += point.answered() + 1;
        }
        for (int i = 0; i < left.length; i++) {
            double[] sum = errors.getOrDefault(points.get(i).rows(), new double[] {1, 2});
            double e = sum[0] / sum[1];
            spread[i] = Math.sqrt(e * (1 - e));
            left[i] = (1 - points.get(i).accuracy() - e) / spread[i];
        }
        for (int round = 0; round < 50; round++) {
            takeOutMeans(left, points, true);
            takeOutMeans(left, points, false);
        }
        double squares = 0;
        for (double value : left) {
            squares += value * value;
        }
        return squares;
    }

    private static void takeOutMeans(double[] left, List<CurvePoint> points, boolean bySize) {
        TreeMap<Integer, double[]> means = new TreeMap<>();
        for (int i = 0; i < left.length; i++) {
            int key = bySize ? points.get(i).rows() : points.get(i).heldOut();
            double[] sum = means.computeIfAbsent(key, fresh -> new double[2]);
            sum[0] += left[i];
            sum[1]++;
        }
        for (int i = 0; i < left.length; i++) {
            int key = bySize ? points.get(i).rows() : points.get(i).heldOut();
            double[] sum = means.getOrDefault(key, new double[] {0, 1});
            left[i] -= sum[0] / sum[1];
        }
    }
}
