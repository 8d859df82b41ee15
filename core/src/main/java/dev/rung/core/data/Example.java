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
 * @param facets by which slices tell examples apart, the label aside; see {@link dev.rung.core.task.Slice}
 */
public record Example(
        ExampleId id,
        String cluster,
        String input,
        @Nullable Output expected,
        Map<String, String> columns,
        Map<String, String> facets) {
    public Example {
        columns = Map.copyOf(columns);
        facets = Map.copyOf(facets);
    }

    /** An example without facets. */
    public Example(ExampleId id, String cluster, String input, @Nullable Output expected, Map<String, String> columns) {
        this(id, cluster, input, expected, columns, Map.of());
    }

    /** Returns the expected output of an example that has one. */
    public Output label() {
        if (expected == null) {
            throw new IllegalStateException("no expected output at " + id);
        }
        return expected;
    }
}
