package dev.rung.intake.taskfile;

import dev.rung.core.data.Split;
import dev.rung.intake.examples.Columns;
import dev.rung.intake.examples.ExampleFile;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The files of a task's examples, all of which were there when the task was read.
 *
 * @param files by split, in the order of the task file; always some for {@link Split#TRAIN}; a split that has none is carved from those
 * @param unlabelled files of inputs that nobody has labelled
 * @param columns as the task names them
 */
public record Sources(Map<Split, List<ExampleFile>> files, List<ExampleFile> unlabelled, Columns columns) {
    public Sources {
        Map<Split, List<ExampleFile>> copy = new EnumMap<>(Split.class);
        files.forEach((split, list) -> copy.put(split, List.copyOf(list)));
        files = Collections.unmodifiableMap(copy);
        unlabelled = List.copyOf(unlabelled);
    }

    /** Tells whether the task's files say which rows are of this split. */
    public boolean isNamed(Split split) {
        return files.containsKey(split) && (split != Split.TRAIN || files.size() > 1);
    }
}
