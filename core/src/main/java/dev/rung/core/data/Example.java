package dev.rung.core.data;

import dev.rung.core.task.Output;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An input with its expected output.
 *
 * @param cluster the duplicate cluster that the example belongs to; examples of one cluster fall into one split
 * @param expected what a right answer is; null for an example that nobody has labelled
 * @param columns what else the row carries, by column name
 */
public record Example(
        ExampleId id,
        String cluster,
        String input,
        @Nullable Output expected,
        Map<String, String> columns) {
    public Example {
        columns = Map.copyOf(columns);
    }

    /** Returns the expected output of an example that has one. */
    public Output label() {
        if (expected == null) {
            throw new IllegalStateException("no expected output at " + id);
        }
        return expected;
    }
}
