package dev.rung.ladder.trial;

import dev.rung.core.data.Example;
import dev.rung.core.evidence.Judged;
import dev.rung.core.task.Output;

/** Says of an answer whether it is acceptable: a model, and people where they have judged that very answer. */
@FunctionalInterface
public interface AnswerJudge {
    /** Returns what is said of {@code output} as the answer to the example's input. */
    Judged judge(Example example, Output output);
}
