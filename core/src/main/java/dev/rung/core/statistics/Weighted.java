package dev.rung.core.statistics;

/** A figure of clustered values when each cluster occurs some number of times; thread-safe. */
@FunctionalInterface
public interface Weighted {
    /** Returns the figure when cluster {@code c} occurs {@code times[c]} times. */
    double weighted(int[] times);
}
