package dev.rung.gateway.openai;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.gateway.http.Refused;
import dev.rung.json.SchemaCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A JSON Schema that a caller sent, made safe to run: its references are written out, so that checking takes time in proportion to its size.
 *
 * <p>Such a schema comes from anybody. Chained references can double the work at every step, and a regular expression can take for ever; hence a bound on
 * the size when written out, no recursion, and no keyword but those listed here. Not thread-safe.
 */
public final class CallerSchema {
    private static final int MOST_PARTS = 5_000;
    private static final Set<String> PLAIN = Set.of(
            "type",
            "enum",
            "const",
            "title",
            "description",
            "default",
            "examples",
            "required",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minContains",
            "maxContains",
            "minProperties",
            "maxProperties",
            "dependentRequired",
            "format",
            "$comment",
            "$schema",
            "deprecated",
            "readOnly",
            "writeOnly",
            "contentEncoding",
            "contentMediaType");

    private final Json.Obj root;
    private final Deque<String> following = new ArrayDeque<>();
    private int parts;

    private CallerSchema(Json.Obj root) {
        this.root = root;
    }

    /** Returns the check for {@code schema}; one that is no schema, or that cannot be run safely, is a {@link Refused}. */
    public static SchemaCheck check(Json.Obj schema) {
        Json writtenOut = new CallerSchema(schema).schema(schema);
        try {
            return SchemaCheck.of(writtenOut);
        } catch (RungException.WrongInput e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private Json schema(Json schema) {
        if (++parts > MOST_PARTS) {
            throw refused("The schema has more than %,d parts with its references written out.".formatted(MOST_PARTS));
        }
        if (!(schema instanceof Json.Obj object)) {
            return schema; // true and false are schemas; anything else is found out when the whole is compiled
        }
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        object.members().forEach((keyword, value) -> {
            switch (keyword) {
                case "$ref" -> members.merge("allOf", new Json.Arr(List.of(referred(value))), CallerSchema::both);
                case "allOf" -> members.merge("allOf", each(value), CallerSchema::both);
                case "anyOf", "oneOf", "prefixItems" -> members.put(keyword, each(value));
                case "properties", "dependentSchemas" -> members.put(keyword, named(value));
                case "items",
                        "additionalProperties",
                        "contains",
                        "not",
                        "if",
                        "then",
                        "else",
                        "propertyNames",
                        "unevaluatedItems",
                        "unevaluatedProperties" -> members.put(keyword, schema(value));
                case "$defs", "definitions" -> {} // written out where they are referred to
                default -> {
                    if (!PLAIN.contains(keyword)) {
                        throw refused("The keyword %s is not checked in a caller's schema. Leave it out."
                                .formatted(Wire.brief(Json.of(keyword))));
                    }
                    members.put(keyword, value);
                }
            }
        });
        return new Json.Obj(members);
    }

    private Json each(Json value) {
        return value instanceof Json.Arr(List<Json> schemas)
                ? new Json.Arr(schemas.stream().map(this::schema).toList())
                : value;
    }

    private Json named(Json value) {
        if (!(value instanceof Json.Obj schemas)) {
            return value;
        }
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        schemas.members().forEach((name, schema) -> members.put(name, schema(schema)));
        return new Json.Obj(members);
    }

    private Json referred(Json reference) {
        if (!(reference instanceof Json.Str(String pointer)) || !(pointer.equals("#") || pointer.startsWith("#/"))) {
            throw refused("Found the reference %s, expected one inside the schema.".formatted(Wire.brief(reference)));
        }
        if (following.contains(pointer)) {
            throw refused(
                    "The schema refers to itself at %s, which is not checked here.".formatted(Wire.brief(reference)));
        }
        following.push(pointer);
        Json target = schema(target(pointer));
        following.pop();
        return target;
    }

    private Json target(String pointer) {
        Json at = root;
        for (String step :
                pointer.length() < 2 ? new String[0] : pointer.substring(2).split("/", -1)) {
            Json next = at instanceof Json.Obj object
                    ? object.get(step.replace("~1", "/").replace("~0", "~"))
                    : null;
            if (next == null) {
                throw refused("The reference %s leads nowhere.".formatted(Wire.brief(Json.of(pointer))));
            }
            at = next;
        }
        return at;
    }

    private static Json both(Json some, Json others) {
        List<Json> all = new ArrayList<>();
        for (Json part : List.of(some, others)) {
            if (part instanceof Json.Arr(List<Json> schemas)) {
                all.addAll(schemas);
            } else {
                return part; // not a list, which is found out when the whole is compiled
            }
        }
        return new Json.Arr(all);
    }

    private static Refused refused(String message) {
        return Refused.field(ResponseFormat.SCHEMA_FIELD, "unsupported_schema", message);
    }
}
