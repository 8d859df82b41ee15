package dev.rung.intake.examples;

import dev.rung.core.data.ExampleId;
import dev.rung.core.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of an example file, before it is checked against a task.
 *
 * @param expected as the file has it, a string in files that know only text; null where the row has none
 * @param group rows of one group belong together, such as the messages of one conversation; null where the task names no group column
 * @param columns what else the row carries
 */
public record Row(
        ExampleId id,
        String input,
        @Nullable Json expected,
        @Nullable String group,
        Map<String, String> columns) {}
