package dev.rung.app.wiring;

import dev.rung.gateway.log.JsonLines;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a line for each request goes.
 *
 * @param where a file, or {@code -} for the standard output; null for what the configuration says
 * @param standardOutput takes whole lines
 */
public record Logging(@Nullable String where, JsonLines.Sink standardOutput) {
    private static final String STANDARD_OUTPUT = "stdout";

    /**
     * Returns what takes the lines, or null when none are wanted.
     *
     * @param configured what the configuration says, or null
     * @param folder of the configuration, from which its file names begin
     */
    JsonLines.@Nullable Sink sink(@Nullable String configured, Path folder) {
        if (where != null) {
            return where.equals("-") ? standardOutput : JsonLines.file(Path.of(where));
        }
        if (configured == null) {
            return null;
        }
        return configured.equals(STANDARD_OUTPUT) ? standardOutput : JsonLines.file(folder.resolve(configured));
    }
}
