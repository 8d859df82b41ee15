package dev.rung.core.evidence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Values summed by duplicate cluster, in order of first appearance. */
final class Groups {
    private final double[] sums;
    private final int[] sizes;
    private final int n;
    private final double least;
    private final double largest;

    private Groups(double[] sums, int[] sizes, int n, double least, double largest) {
        this.sums = sums;
        this.sizes = sizes;
        this.n = n;
        this.least = least;
        this.largest = largest;
    }

    /** Groups what {@code value} gives for each outcome, leaving out what is not a number. */
    static Groups of(List<Outcome> outcomes, ToDoubleFunction<Outcome> value) {
        Map<String, Integer> places = new HashMap<>();
        double[] sums = new double[outcomes.size()];
        int[] sizes = new int[outcomes.size()];
        int n = 0;
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (Outcome outcome : outcomes) {
            double x = value.applyAsDouble(outcome);
            if (Double.isNaN(x)) {
                continue;
            }
            int place = places.computeIfAbsent(outcome.cluster(), cluster -> places.size());
            sums[place] += x;
            sizes[place]++;
            n++;
            least = Math.min(least, x);
            largest = Math.max(largest, x);
        }
        return new Groups(Arrays.copyOf(sums, places.size()), Arrays.copyOf(sizes, places.size()), n, least, largest);
    }

    int clusters() {
        return sums.length;
    }

    /** Returns the sum of a cluster's values. */
    double sum(int cluster) {
        return sums[cluster];
    }

    /** Returns how many values a cluster has. */
    int size(int cluster) {
        return sizes[cluster];
    }

    /** Returns how many values there are in all. */
    int n() {
        return n;
    }

    boolean allEqual() {
        return least == largest;
    }

    double sum() {
        return Arrays.stream(sums).sum();
    }

    double mean() {
        return sum() / n;
    }
}
