package dev.rung.ladder.distil;

import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Requirement;
import dev.rung.learn.ScopeGoal;

/** Reads off a bar what a student's threshold for out-of-scope is to reach. Stateless. */
public final class ScopeGoals {
    private ScopeGoals() {}

    /** Returns what {@code bar} asks of the threshold for out-of-scope. */
    public static ScopeGoal of(Bar bar) {
        double accuracy = Double.NaN;
        double inScope = Double.NaN;
        double recall = Double.NaN;
        double falseAlarms = Double.NaN;
        for (Requirement requirement : bar.requirements()) {
            switch (requirement) {
                case Requirement.AtLeast(Metric metric, double floor)
                when metric == Metric.ACCURACY -> accuracy = floor;
                case Requirement.AtLeast(Metric metric, double floor)
                when metric == Metric.IN_SCOPE_ACCURACY -> inScope = floor;
                case Requirement.AtLeast(Metric metric, double floor)
                when metric == Metric.OUT_OF_SCOPE_RECALL -> recall = floor;
                case Requirement.AtMost(Metric metric, double ceiling)
                when metric == Metric.FALSE_ALARM_RATE -> falseAlarms = ceiling;
                case Requirement.AtLeast other -> {}
                case Requirement.AtMost other -> {}
                case Requirement.LatencyAtMost latency -> {}
                case Requirement.CostAtMost cost -> {}
                case Requirement.OnSlice slice -> {}
                case Requirement.MacroF1AtLeast macro -> {}
                case Requirement.JudgeScoreAtLeast judge -> {}
            }
        }
        return new ScopeGoal(accuracy, inScope, recall, falseAlarms);
    }
}
