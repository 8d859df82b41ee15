package dev.rung.intake.split;

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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A row that satisfies the task's contract, with the split that its file is named for.
 *
 * @param meant whether its file is one of labelled rows, so that a missing output is missed
 */
record LoadedRow(
        ExampleId id,
        Split named,
        String input,
        @Nullable Output expected,
        @Nullable String group,
        Map<String, String> columns,
        boolean meant) {

    /** Gives the usable rows of all files: those of splits in their order, then unlabelled ones, each file in its own order. */
    static void readAll(TaskFolder folder, ReadingNotes notes, Consumer<LoadedRow> to) {
        Sources sources = folder.sources();
        ExpectedOutputs outputs = new ExpectedOutputs(folder.task().output());
        for (Split split : Split.values()) {
            for (ExampleFile file : sources.files().getOrDefault(split, List.of())) {
                long blank = 0;
                try (Rows read = file.open(sources.columns(), folder.outputKind(), notes)) {
                    while (read.hasNext()) {
                        LoadedRow row = usable(read.next(), split, outputs, notes);
                        if (row != null) {
                            to.accept(row);
                            blank += row.expected == null ? 1 : 0;
                        }
                    }
                }
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
                        to.accept(new LoadedRow(
                                row.id(), Split.TRAIN, row.input(), null, row.group(), row.columns(), false));
                    }
                }
            }
        }
    }

    private static @Nullable LoadedRow usable(Row row, Split split, ExpectedOutputs outputs, ReadingNotes notes) {
        if (row.input().isBlank()) {
            notes.badRow(row.id(), "found an empty input, expected a text", "");
            return null;
        }
        if (row.expected() == null) {
            return new LoadedRow(row.id(), split, row.input(), null, row.group(), row.columns(), true);
        }
        return switch (outputs.read(row.expected())) {
            case ExpectedOutputs.Good(Output output) ->
                new LoadedRow(row.id(), split, row.input(), output, row.group(), row.columns(), true);
            case ExpectedOutputs.Bad(String message) -> {
                notes.badRow(row.id(), message, row.input());
                yield null;
            }
        };
    }
}
