package dev.rung.intake.split;

import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.Split;
import dev.rung.core.task.Output;
import dev.rung.intake.examples.ExampleFile;
import dev.rung.intake.examples.OutputKind;
import dev.rung.intake.examples.ReadingNotes;
import dev.rung.intake.examples.Row;
import dev.rung.intake.examples.Rows;
import dev.rung.intake.taskfile.Sources;
import dev.rung.intake.taskfile.TaskFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row that satisfies the task's contract, with the split that its file is named for. */
record LoadedRow(
        ExampleId id,
        Split named,
        String input,
        @Nullable Output expected,
        @Nullable String group,
        Map<String, String> columns) {

    Example example(String cluster, Facets facets) {
        return new Example(id, cluster, input, expected, columns, facets.of(this));
    }

    /** Returns the usable rows of all files: those of splits in their order, then unlabelled ones, each file in its own order. */
    static List<LoadedRow> readAll(TaskFolder folder, ReadingNotes notes) {
        List<LoadedRow> rows = new ArrayList<>();
        Sources sources = folder.sources();
        ExpectedOutputs outputs = new ExpectedOutputs(folder.task().output());
        for (Split split : Split.values()) {
            for (ExampleFile file : sources.files().getOrDefault(split, List.of())) {
                int before = rows.size();
                try (Rows read = file.open(sources.columns(), folder.outputKind(), notes)) {
                    read.forEachRemaining(row -> add(row, split, outputs, rows, notes));
                }
                long blank = rows.subList(before, rows.size()).stream()
                        .filter(row -> row.expected == null)
                        .count();
                if (blank > 0) {
                    notes.notice(file + ": " + blank + " rows have no expected output; they count as unlabelled");
                }
            }
        }
        for (ExampleFile file : sources.unlabelled()) {
            try (Rows read = file.open(sources.columns(), OutputKind.NONE, notes)) {
                while (read.hasNext()) {
                    Row row = read.next();
                    if (!row.input().isBlank()) {
                        rows.add(new LoadedRow(row.id(), Split.TRAIN, row.input(), null, row.group(), row.columns()));
                    }
                }
            }
        }
        return rows;
    }

    private static void add(Row row, Split split, ExpectedOutputs outputs, List<LoadedRow> rows, ReadingNotes notes) {
        if (row.input().isBlank()) {
            notes.badRow(row.id(), "found an empty input, expected a text");
            return;
        }
        if (row.expected() == null) {
            rows.add(new LoadedRow(row.id(), split, row.input(), null, row.group(), row.columns()));
            return;
        }
        switch (outputs.read(row.expected())) {
            case ExpectedOutputs.Good(Output output) ->
                rows.add(new LoadedRow(row.id(), split, row.input(), output, row.group(), row.columns()));
            case ExpectedOutputs.Bad(String message) -> notes.badRow(row.id(), message);
        }
    }
}
