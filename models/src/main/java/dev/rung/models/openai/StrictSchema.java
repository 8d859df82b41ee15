package dev.rung.models.openai;

import dev.rung.core.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells which schemas a server that knows {@code strict} will take as such.
 *
 * <p>Strict structured outputs want every object closed and all of its properties required, and know but a part of JSON Schema (the provider's guide on
 * structured outputs). A schema beyond that is sent as a hint, and the answer is checked all the same.
 */
final class StrictSchema {
    private static final Set<String> KNOWN = Set.of(
            "$schema",
            "$id",
            "$defs",
            "$ref",
            "title",
            "description",
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "const",
            "anyOf",
            "pattern",
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minItems",
            "maxItems");

    private StrictSchema() {}

    static boolean fits(Json.Obj schema) {
        return schema.get("type") instanceof Json.Str(String type) && type.equals("object") && fitsPart(schema);
    }

    private static boolean fitsPart(Json schema) {
        if (!(schema instanceof Json.Obj object)
                || !KNOWN.containsAll(object.members().keySet())) {
            return false;
        }
        if (object.get("type") instanceof Json.Str(String type) && type.equals("object") && !closed(object)) {
            return false;
        }
        return all(object.get("properties"))
                && all(object.get("$defs"))
                && items(object.get("anyOf"))
                && (object.get("items") == null || fitsPart(object.require("items")));
    }

    private static boolean closed(Json.Obj object) {
        return object.get("additionalProperties") instanceof Json.Bool(boolean allowed)
                && !allowed
                && object.get("properties") instanceof Json.Obj properties
                && object.get("required") instanceof Json.Arr(List<Json> required)
                && required.containsAll(
                        Json.strings(properties.members().keySet()).items());
    }

    private static boolean all(@org.jspecify.annotations.Nullable Json schemas) {
        return schemas == null
                || (schemas instanceof Json.Obj object
                        && object.members().entrySet().stream()
                                .map(Map.Entry::getValue)
                                .allMatch(StrictSchema::fitsPart));
    }

    private static boolean items(@org.jspecify.annotations.Nullable Json schemas) {
        return schemas == null
                || (schemas instanceof Json.Arr(List<Json> parts)
                        && parts.stream().allMatch(StrictSchema::fitsPart));
    }
}
