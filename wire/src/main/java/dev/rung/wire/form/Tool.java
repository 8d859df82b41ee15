package dev.rung.wire.form;

import dev.rung.core.json.Json;
import org.jspecify.annotations.Nullable;

/** What the model may use. */
public sealed interface Tool {
    Place place();

    /**
     * A function that the caller runs.
     *
     * @param schema of its arguments: a JSON Schema, or null for none
     * @param strict whether arguments must satisfy the schema, or null for the vendor's own
     */
    record Function(
            String name,
            @Nullable String description,
            Json.@Nullable Obj schema,
            @Nullable Boolean strict,
            @Nullable Cache cache,
            Place place)
            implements Tool {}

    /** A tool that only its own dialect knows, such as one that the vendor runs. */
    record Opaque(Dialect dialect, String kind, Json.Obj source, Place place) implements Tool {}
}
