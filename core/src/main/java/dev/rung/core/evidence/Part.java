package dev.rung.core.evidence;

import dev.rung.core.task.Requirement;
import java.util.OptionalLong;

/** One requirement under test. Not thread-safe. */
sealed interface Part permits MeanPart, MacroF1Part, JudgedPart {
    /** What is proved. */
    enum State {
        OPEN,
        PASSED,
        FAILED
    }

    /** Returns a test of {@code requirement} that gives a false PASS with chance at most {@code alpha} and a false FAIL with chance at most {@code beta}. */
    static Part of(Requirement requirement, double alpha, double beta) {
        return switch (requirement) {
            case Requirement.Mean mean -> new MeanPart(mean, null, mean, alpha, beta);
            case Requirement.OnSlice(var slice, var mean) -> new MeanPart(requirement, slice, mean, alpha, beta);
            case Requirement.MacroF1AtLeast macro -> new MacroF1Part(macro, alpha, beta);
            case Requirement.JudgeScoreAtLeast judge -> new JudgedPart(judge, alpha, beta);
        };
    }

    Requirement requirement();

    void add(Outcome outcome);

    /** Takes the look that the last row allows. */
    void finish();

    State state();

    /** Returns how many outcomes bear on the requirement. */
    int n();

    /** Returns how many rows more than {@code rows} would prove the requirement if all goes on like this; empty when no number is expected to. */
    OptionalLong moreRows(int rows);
}
