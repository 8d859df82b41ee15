package dev.rung.gateway.openai;

import dev.rung.core.json.Json;
import dev.rung.gateway.http.Refused;
import org.jspecify.annotations.Nullable;

/** The form of answer that a caller asks for. */
sealed interface ResponseFormat {
    String FIELD = "response_format";
    String SCHEMA_FIELD = FIELD + ".json_schema.schema";

    /** Whatever the task gives. */
    record Text() implements ResponseFormat {}

    /** Some JSON object. */
    record JsonObject() implements ResponseFormat {}

    /** A JSON object that satisfies the caller's schema. */
    record JsonSchema(Json.Obj schema) implements ResponseFormat {}

    static ResponseFormat read(@Nullable Json value) {
        if (value == null || value instanceof Json.Nil) {
            return new Text();
        }
        if (!(value instanceof Json.Obj format) || !(format.get("type") instanceof Json.Str(String type))) {
            throw Refused.field(
                    FIELD, "invalid_type", "Found " + Wire.brief(value) + ", expected an object with a \"type\".");
        }
        if (type.equals("text")) {
            return new Text();
        }
        if (type.equals("json_object")) {
            return new JsonObject();
        }
        if (type.equals("json_schema")) {
            return new JsonSchema(schema(format.get("json_schema")));
        }
        throw Refused.field(
                FIELD + ".type",
                "invalid_value",
                "Found %s, expected text, json_object or json_schema.".formatted(Wire.brief(Json.of(type))));
    }

    private static Json.Obj schema(@Nullable Json named) {
        if (named instanceof Json.Obj object && object.get("schema") instanceof Json.Obj schema) {
            return schema;
        }
        throw Refused.field(
                SCHEMA_FIELD, "invalid_type", "The format json_schema needs a JSON Schema here, an object.");
    }
}
