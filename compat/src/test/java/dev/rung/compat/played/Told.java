package dev.rung.compat.played;

import dev.rung.core.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What reached a played vendor, in no vendor's words.
 *
 * @param model as the vendor is asked for it
 * @param system all instructions, or null
 * @param said the user's words
 * @param attachment media type and base 64 of an image or a document, or null
 * @param tools the names of the tools with the schemas of their arguments
 * @param calls earlier calls of the model: name and arguments
 * @param results what they came to
 * @param schema of the answer, or null
 * @param settings how to answer: {@code stop}, {@code seed}, {@code answers}, {@code top_k}, {@code effort}, each only when it was said
 */
public record Told(
        String model,
        @Nullable String system,
        List<String> said,
        @Nullable String attachment,
        List<Tool> tools,
        List<Called> calls,
        List<String> results,
        @Nullable Json schema,
        Map<String, Json> settings) {
    /** A tool that the model may call. */
    public record Tool(String name, Json schema) {}

    /** A call that the model has made before. */
    public record Called(String name, Json arguments) {}
}
