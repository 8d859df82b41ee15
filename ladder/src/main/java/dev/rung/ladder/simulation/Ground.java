package dev.rung.ladder.simulation;

import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.data.TaskData;
import dev.rung.core.model.Residency;
import dev.rung.core.task.Bar;
import dev.rung.core.task.ChangeRate;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Promise;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Task;
import dev.rung.core.task.TaskName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows that worlds of one kind share: a task with two labels, and its splits. What solvers make of a row differs from world to world.
 *
 * <p>The input of a row is the number of its question; rows that repeat a question have its number as well, and lie anywhere in their split. Immutable.
 */
final class Ground {
    static final double BAR = 0.90;
    static final Output.Label YES = new Output.Label("yes");
    static final Output.Label NO = new Output.Label("no");

    static final Output.Abstention UNSURE = new Output.Abstention("unsure");

    private final Task task;
    private final TaskData data;

    /** @param mostRepeats how many rows may ask one question: each asks it 1 to so many times */
    Ground(int tune, int calibrate, int sealed, int mostRepeats) {
        this(askedFor(null, null), tune, calibrate, sealed, mostRepeats);
    }

    /** Returns rows of a task that takes silence: solvers must answer {@code coverage} of them, and those that are silent by themselves keep {@code promise}. */
    static Ground silent(int tune, int calibrate, int sealed, int mostRepeats, double coverage, Promise promise) {
        return new Ground(askedFor(coverage, promise), tune, calibrate, sealed, mostRepeats);
    }

    private Ground(Task task, int tune, int calibrate, int sealed, int mostRepeats) {
        Chance order = new Chance(sealed);
        this.task = task;
        List<Example> sealedRows = rows("sealed", 2_000_000, sealed, mostRepeats, order);
        data = new TaskData(
                List.of(),
                rows("tune", 0, tune, mostRepeats, order),
                rows("calibrate", 1_000_000, calibrate, mostRepeats, order),
                new SealedExamples(sealedRows, Sha256.of("sealed"), (purpose, index, example) -> {}),
                List.of(),
                Sha256.of("data"),
                "salt");
    }

    private static Task askedFor(@Nullable Double coverage, @Nullable Promise abstain) {
        SequencedMap<String, String> labels = new LinkedHashMap<>();
        labels.put(YES.name(), "");
        labels.put(NO.name(), "");
        List<Requirement> requirements = new ArrayList<>();
        requirements.add(new Requirement.AtLeast(Metric.ACCURACY, BAR));
        if (coverage != null) {
            requirements.add(new Requirement.AtLeast(Metric.COVERAGE, coverage));
        }
        Bar bar = new Bar(requirements, 0.95);
        return new Task(
                new TaskName("synthetic"),
                "Tell the rows that are yes from those that are no.",
                new OutputContract.Labels(labels, null, abstain == null ? null : UNSURE.says()),
                bar,
                Residency.LOCAL,
                null,
                ChangeRate.RARELY,
                Promise.within(bar, Metric.ACCURACY),
                abstain,
                null,
                List.of());
    }

    private static List<Example> rows(String split, int firstQuestion, int count, int mostRepeats, Chance order) {
        List<Integer> questions = new ArrayList<>();
        for (int question = firstQuestion; questions.size() < count; question++) {
            int times = Math.min(count - questions.size(), 1 + order.below(mostRepeats));
            for (int i = 0; i < times; i++) {
                questions.add(question);
            }
        }
        List<Example> rows = new ArrayList<>();
        for (int line = 1; line <= count; line++) {
            int question = questions.remove(/* index */ order.below(questions.size()));
            String input = Integer.toString(question);
            rows.add(new Example(new ExampleId(split, line), input, input, label(question), Map.of()));
        }
        return List.copyOf(rows);
    }

    /** Returns the right answer to a question. */
    static Output.Label label(int question) {
        return question % 3 == 0 ? YES : NO;
    }

    Task task() {
        return task;
    }

    TaskData data() {
        return data;
    }
}
