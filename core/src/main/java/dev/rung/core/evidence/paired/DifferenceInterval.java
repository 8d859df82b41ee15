package dev.rung.core.evidence.paired;

import dev.rung.core.statistics.Interval;
import dev.rung.core.statistics.Normal;

/** Intervals of the difference of two paired rates; they inform, and never decide. */
public final class DifferenceInterval {
    private DifferenceInterval() {}

    /** Returns the differences whose efficient {@link Score} does not reject them (Tango 1998), for at least one pair. */
    public static Interval tango(PairCounts counts, double confidence) {
        double z = Normal.quantile(0.5 + confidence / 2);
        double estimate = counts.difference();
        return new Interval(solve(counts, z, -1, estimate), solve(counts, -z, estimate, 1));
    }

    // The score falls as the difference that it is taken against rises.
    private static double solve(PairCounts counts, double score, double from, double to) {
        double low = from;
        double high = to;
        for (int i = 0; i < 60; i++) {
            double middle = 0.5 * (low + high);
            if (Score.of(counts.gains(), counts.losses(), counts.pairs(), middle) > score) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    /**
     * Returns the interval that adds the squares of the distances of the rates from their own score limits, less what their correlation explains (Newcombe 1998,
     * "Improved confidence intervals for the difference between binomial proportions based on paired data", method 10), for at least one pair.
     */
    public static Interval newcombe(PairCounts counts, double confidence) {
        double z = Normal.quantile(0.5 + confidence / 2);
        int n = counts.pairs();
        int candidate = counts.bothRight() + counts.gains();
        int incumbent = counts.bothRight() + counts.losses();
        Interval first = wilson(candidate, n, z);
        Interval second = wilson(incumbent, n, z);
        double correlation = correlation(counts, candidate, incumbent);
        double up = (double) candidate / n;
        double down = (double) incumbent / n;
        double below = distance(up - first.low(), second.high() - down, correlation);
        double above = distance(first.high() - up, down - second.low(), correlation);
        return new Interval(up - down - below, up - down + above);
    }

    private static double distance(double a, double b, double correlation) {
        return Math.sqrt(Math.max(0, a * a - 2 * correlation * a * b + b * b));
    }

    // Phi, with a correction for continuity where it is positive.
    private static double correlation(PairCounts counts, int candidate, int incumbent) {
        double n = counts.pairs();
        double margins = candidate * (n - candidate) * incumbent * (n - incumbent);
        double product = (double) counts.bothRight() * counts.bothWrong() - (double) counts.gains() * counts.losses();
        double corrected = product > 0 ? Math.max(0, product - n / 2) : product;
        return margins > 0 ? corrected / Math.sqrt(margins) : 0;
    }

    private static Interval wilson(int successes, int n, double z) {
        double rate = (double) successes / n;
        double square = z * z / n;
        double middle = (rate + square / 2) / (1 + square);
        double half = Math.sqrt(square * (rate * (1 - rate) + square / 4)) / (1 + square);
        return new Interval(middle - half, middle + half);
    }
}
