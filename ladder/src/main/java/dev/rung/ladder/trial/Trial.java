package dev.rung.ladder.trial;

import dev.rung.core.data.Example;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.Scoring;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.OutputContract;
import java.util.List;

/** One solver put to one example. */
public final class Trial {
    private Trial() {}

    /** Returns what happened when {@code solver} was asked the example's input; a missing part throws. */
    public static Outcome of(Solver solver, OutputContract contract, Example example) {
        Answer answer = solver.answer(example.input());
        return new Outcome(
                example.id(),
                example.cluster(),
                example.label(),
                answer.output(),
                answer.confidence(),
                Scoring.score(contract, example.label(), answer.output()),
                answer.time(),
                answer.price(),
                example.facets(),
                List.of());
    }
}
