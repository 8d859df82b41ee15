package dev.rung.wire.gemini;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Members;
import java.util.List;
import java.util.Locale;

/** Gemini's older schemas, a subset of OpenAPI's, as JSON Schema: types in lower case, {@code nullable} as a type. */
final class OpenApiSchema {
    private OpenApiSchema() {}

    static Json.Obj toJsonSchema(Json.Obj schema) {
        Members written = new Members();
        boolean nullable = schema.get("nullable") instanceof Json.Bool(boolean is) && is;
        schema.members().forEach((key, value) -> {
            switch (key) {
                case "nullable", "propertyOrdering" -> {}
                case "type" -> written.put(key, type(value, nullable));
                case "items", "additionalProperties" -> written.put(key, inner(value));
                case "properties" -> {
                    Members properties = new Members();
                    if (value instanceof Json.Obj all) {
                        all.members().forEach((name, property) -> properties.put(name, inner(property)));
                    }
                    written.put(key, properties.build());
                }
                case "anyOf", "prefixItems" ->
                    written.put(
                            key,
                            value instanceof Json.Arr(List<Json> all)
                                    ? Json.array(all.stream()
                                            .map(OpenApiSchema::inner)
                                            .toList())
                                    : value);
                default -> written.put(key, value);
            }
        });
        return written.build();
    }

    private static Json inner(Json value) {
        return value instanceof Json.Obj object ? toJsonSchema(object) : value;
    }

    private static Json type(Json type, boolean nullable) {
        if (!(type instanceof Json.Str(String name))) {
            return type;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return nullable ? Json.strings(List.of(lower, "null")) : Json.of(lower);
    }
}
