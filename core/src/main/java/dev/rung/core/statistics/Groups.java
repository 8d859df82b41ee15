package dev.rung.core.statistics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Values summed by duplicate cluster, in order of first appearance. */
public final class Groups {
    private final double[] sums;
    private final int[] sizes;
    private final int n;
    private final double sum;
    private final double least;
    private final double largest;

    private Groups(double[] sums, int[] sizes, int n, double least, double largest) {
        this.sums = sums;
        sum = Arrays.stream(sums).sum();
        this.sizes = sizes;
        this.n = n;
        this.least = least;
        this.largest = largest;
    }

    /** Groups what {@code value} gives for each item by its {@code cluster}, leaving out what is not a number. */
    public static <T> Groups of(List<T> items, Function<T, String> cluster, ToDoubleFunction<T> value) {
        Map<String, Integer> places = new HashMap<>();
        double[] sums = new double[items.size()];
        int[] sizes = new int[items.size()];
        int n = 0;
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (T item : items) {
            double x = value.applyAsDouble(item);
            if (Double.isNaN(x)) {
                continue;
            }
            int place = places.computeIfAbsent(cluster.apply(item), fresh -> places.size());
            sums[place] += x;
            sizes[place]++;
            n++;
            least = Math.min(least, x);
            largest = Math.max(largest, x);
        }
        return new Groups(Arrays.copyOf(sums, places.size()), Arrays.copyOf(sizes, places.size()), n, least, largest);
    }

    public int clusters() {
        return sums.length;
    }

    /** Returns the sum of a cluster's values. */
    public double sum(int cluster) {
        return sums[cluster];
    }

    /** Returns how many values a cluster has. */
    public int size(int cluster) {
        return sizes[cluster];
    }

    /** Returns the sum of all values when cluster {@code c} occurs {@code times[c]} times. */
    double sum(int[] times) {
        return dot(sums, times);
    }

    /** Returns how many values there are when cluster {@code c} occurs {@code times[c]} times. */
    long n(int[] times) {
        if (independent()) {
            return clusters();
        }
        long n = 0;
        for (int c = 0; c < times.length; c++) {
            n += (long) times[c] * sizes[c];
        }
        return n;
    }

    /** Returns the sum of products; four sums at once do not wait for each other. */
    static double dot(double[] values, int[] times) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i + 3 < times.length; i += 4) {
            first += times[i] * values[i];
            second += times[i + 1] * values[i + 1];
            third += times[i + 2] * values[i + 2];
            fourth += times[i + 3] * values[i + 3];
        }
        for (; i < times.length; i++) {
            first += times[i] * values[i];
        }
        return (first + second) + (third + fourth);
    }

    /** Returns how many values there are in all. */
    public int n() {
        return n;
    }

    /**
     * Returns how many clusters of one size would tell as much as these when all values of a cluster agree: n divided by the mean cluster size that a value sees
     * (Kish 1965, "Survey Sampling").
     */
    public double effectiveClusters() {
        double squares = 0;
        for (int size : sizes) {
            squares += (double) size * size;
        }
        return n / squares * n;
    }

    /** Tells whether no two values share a cluster. */
    public boolean independent() {
        return sums.length == n;
    }

    public boolean allEqual() {
        return least == largest;
    }

    public double sum() {
        return sum;
    }

    public double mean() {
        return sum() / n;
    }
}
