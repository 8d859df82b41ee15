package dev.rung.core.task;

import dev.rung.core.economics.Usd;
import java.time.Duration;

/** One part of a bar. */
public sealed interface Requirement {
    /** A requirement on the mean of what each example shows. */
    sealed interface Mean extends Requirement {}

    /** The expected value of a metric is at least {@code floor}, from 0 to 1. */
    record AtLeast(Metric metric, double floor) implements Mean {
        public AtLeast {
            share("floor", floor);
            if (metric.lessIsBetter()) {
                throw new IllegalArgumentException("of " + metric.title() + ", less is better");
            }
        }
    }

    /** The expected value of a metric of which less is better is at most {@code ceiling}, from 0 to 1. */
    record AtMost(Metric metric, double ceiling) implements Mean {
        public AtMost {
            share("ceiling", ceiling);
            if (!metric.lessIsBetter()) {
                throw new IllegalArgumentException("of " + metric.title() + ", more is better");
            }
        }
    }

    /** The {@code quantile} of the time to an answer, warm and one at a time, is at most {@code ceiling}. */
    record LatencyAtMost(double quantile, Duration ceiling) implements Mean {
        public LatencyAtMost {
            if (!(quantile > 0 && quantile < 1)) {
                throw new IllegalArgumentException("a quantile lies between 0 and 1: " + quantile);
            }
        }
    }

    /** The mean cost of a thousand answers is at most {@code per1000}. */
    record CostAtMost(Usd per1000) implements Mean {}

    /** A requirement holds for the examples of one slice. */
    record OnSlice(Slice slice, Mean of) implements Requirement {}

    /** The mean over labels of the harmonic mean of precision and recall is at least {@code floor}, from 0 to 1. */
    record MacroF1AtLeast(double floor) implements Requirement {
        public MacroF1AtLeast {
            share("floor", floor);
        }
    }

    /**
     * The share of answers that people would accept is at least {@code floor}, from 0 to 1, where people judge some and a model judge all.
     *
     * @param judgedPerLabel how many answers only the judge scores, for each one that people judge as well; at least 1
     * @param judge tells the judge from every other one, as another judge makes another claim; empty until a climb has bound it
     */
    record JudgeScoreAtLeast(double floor, int judgedPerLabel, String judge) implements Requirement {
        public JudgeScoreAtLeast {
            share("floor", floor);
            if (judgedPerLabel < 1) {
                throw new IllegalArgumentException("judged per label: " + judgedPerLabel);
            }
        }
    }

    private static void share(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a " + what + " lies between 0 and 1: " + value);
        }
    }
}
