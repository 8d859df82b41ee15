package dev.rung.ladder.trial;

import dev.rung.core.data.Example;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.Scoring;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One solver put to one example. */
public final class Trial {
    /** The column that holds other ways to ask an example's question, one a line or parted by {@code |}. */
    public static final String PARAPHRASES = "paraphrases";

    /** How often a question is asked again where the bar asks for consistency. */
    private static final int AGAIN = 2;

    private static final Pattern BREAK = Pattern.compile("\\R|\\|");

    private Trial() {}

    /** Returns what happened when {@code solver} was asked the example's input; a missing part throws. Where the bar asks for consistency, it is asked again, and by the example's paraphrases. */
    public static Outcome of(Solver solver, Task task, Example example) {
        return of(solver, task, example, null);
    }

    /** As {@link #of(Solver, Task, Example)}, and asks {@code judge} about the answer, if there is one. */
    public static Outcome of(Solver solver, Task task, Example example, @Nullable AnswerJudge judge) {
        Answer answer = solver.answer(example.input());
        List<Output> repeats = asksForConsistency(task.bar()) ? repeats(solver, example) : List.of();
        return new Outcome(
                example.id(),
                example.cluster(),
                example.label(),
                answer.output(),
                answer.confidence(),
                Scoring.score(task.output(), example.label(), answer.output(), repeats),
                answer.time(),
                answer.price(),
                example.facets(),
                repeats,
                judge == null ? null : judge.judge(example, answer.output()));
    }

    private static boolean asksForConsistency(Bar bar) {
        return bar.requirements().stream()
                .map(requirement ->
                        requirement instanceof Requirement.OnSlice(var slice, var mean) ? mean : requirement)
                .anyMatch(requirement -> requirement instanceof Requirement.AtLeast(Metric metric, double floor)
                        && metric == Metric.CONSISTENCY);
    }

    private static List<Output> repeats(Solver solver, Example example) {
        List<Output> repeats = new ArrayList<>();
        for (int ask = 1; ask <= AGAIN; ask++) {
            repeats.add(solver.answer(example.input(), ask).output());
        }
        for (String paraphrase : BREAK.split(example.columns().getOrDefault(PARAPHRASES, ""))) {
            if (!paraphrase.isBlank()) {
                repeats.add(solver.answer(paraphrase.strip()).output());
            }
        }
        return repeats;
    }
}
