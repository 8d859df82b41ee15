package dev.rung.wire.form;

import dev.rung.core.json.Json;
import org.jspecify.annotations.Nullable;

/** What the text of an answer must be. */
public sealed interface AnswerFormat {
    Place place();

    /** Some JSON object. */
    record JsonObject(Place place) implements AnswerFormat {}

    /** A JSON value that satisfies a schema. */
    record JsonSchema(
            @Nullable String name,
            @Nullable String description,
            Json.Obj schema,
            @Nullable Boolean strict,
            Place place) implements AnswerFormat {}
}
