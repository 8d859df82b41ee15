package dev.rung.bench.students;

import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.data.Split;
import dev.rung.core.data.TaskData;
import dev.rung.core.task.OutputContract;
import dev.rung.intake.examples.ReadingNotes;
import dev.rung.intake.split.Contamination;
import dev.rung.intake.split.DataLoader;
import dev.rung.intake.split.SplitRows;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.ladder.distil.ScopeGoals;
import dev.rung.learn.Folds;
import dev.rung.learn.Lessons;
import dev.rung.learn.ScopeGoal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A public data set as its shipped example names it, but with the official training file whole: what a climb carves out of it to choose candidates on goes
 * back to the training rows, since here nothing is chosen on it.
 *
 * @param outOfScope the number of the label that says "none of these", or −1
 * @param calibrate the official validation file, or empty
 * @param test opens the official test file
 * @param seen rows of the test file that say what training rows say
 * @param goal of the shipped example's bar for the threshold for out-of-scope
 */
record PublicTask(
        String name,
        List<String> labels,
        int outOfScope,
        List<Example> train,
        List<Example> calibrate,
        Supplier<List<Example>> test,
        Set<ExampleId> seen,
        ScopeGoal goal) {
    private static final int HELD_OUT_OF = 5;
    private static final long SEED = 41;
    /** Why no contaminated row is set aside, as it would be in a climb. */
    private static final String WHOLE = "published figures are for the whole official test file";

    /** Reads the task in {@code folder}. */
    static PublicTask read(Path folder) {
        TaskFolder task = TaskFolder.read(folder);
        if (!(task.task().output() instanceof OutputContract.Labels contract)) {
            throw new IllegalArgumentException(folder + " is no task with labels");
        }
        Set<ExampleId> seen = new HashSet<>();
        TaskData data;
        ReadingNotes notes = new ReadingNotes();
        try (SplitRows rows = SplitRows.read(task, notes, count -> {})) {
            notes.refuseBadRows();
            Contamination found = Contamination.of(rows, WHOLE);
            found.matches().forEach(match -> seen.add(rows.example(match.row()).id()));
            data = DataLoader.load(task, rows, found, notes, (purpose, index, example) -> {})
                    .data();
        }
        List<String> labels = List.copyOf(contract.descriptions().keySet());
        List<Example> train = new ArrayList<>(data.train());
        train.addAll(data.tune());
        boolean validation = task.sources().isNamed(Split.CALIBRATE);
        if (!validation) {
            train.addAll(data.calibrate());
        }
        String none = contract.outOfScope();
        return new PublicTask(
                task.task().name().value(),
                labels,
                none == null ? -1 : labels.indexOf(none),
                List.copyOf(train),
                validation ? data.calibrate() : List.of(),
                () -> open(data.sealed()),
                seen,
                ScopeGoals.of(task.task().bar()));
    }

    private static List<Example> open(SealedExamples sealed) {
        List<Example> rows = new ArrayList<>();
        for (int index = 0; index < sealed.size(); index++) {
            rows.add(sealed.open(index, "students on the official test split"));
        }
        return rows;
    }

    /** Returns the same with a fifth of the training rows in the place of the test file, which stays shut: for choosing. */
    PublicTask rehearsal() {
        Folds folds = Folds.of(truth(train), HELD_OUT_OF, SEED);
        List<Example> heldOut = rows(folds.heldOut(0));
        return new PublicTask(
                name + ", a fifth of the training rows held out",
                labels,
                outOfScope,
                rows(folds.kept(0)),
                calibrate,
                () -> heldOut,
                Set.of(),
                goal);
    }

    private List<Example> rows(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(train::get).toList();
    }

    /** Returns {@code examples} as a student learns from them. */
    Lessons lessons(List<Example> examples, Features features) {
        List<String> texts = examples.stream().map(Example::input).toList();
        return new Lessons(texts, features.of(texts), Features.PARTS, truth(examples), labels.size(), outOfScope);
    }

    /** Returns the number of each example's label. */
    int[] truth(List<Example> examples) {
        return examples.stream()
                .mapToInt(example -> labels.indexOf(example.label().text()))
                .toArray();
    }
}
