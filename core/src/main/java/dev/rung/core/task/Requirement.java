package dev.rung.core.task;

import dev.rung.core.economics.Usd;
import java.time.Duration;

/** One part of a bar. */
public sealed interface Requirement {
    /** The expected value of a metric is at least {@code floor}, from 0 to 1. */
    record AtLeast(Metric metric, double floor) implements Requirement {
        public AtLeast {
            if (!(floor >= 0 && floor <= 1)) {
                throw new IllegalArgumentException("a floor lies between 0 and 1: " + floor);
            }
        }
    }

    /** The {@code quantile} of the time to an answer, warm and one at a time, is at most {@code ceiling}. */
    record LatencyAtMost(double quantile, Duration ceiling) implements Requirement {
        public LatencyAtMost {
            if (!(quantile > 0 && quantile < 1)) {
                throw new IllegalArgumentException("a quantile lies between 0 and 1: " + quantile);
            }
        }
    }

    /** The mean cost of a thousand answers is at most {@code per1000}. */
    record CostAtMost(Usd per1000) implements Requirement {}
}
