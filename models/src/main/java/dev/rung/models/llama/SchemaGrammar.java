package dev.rung.models.llama;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema (2020-12) as a grammar in llama.cpp's notation (GBNF), whose every text is JSON of the schema's shape.
 *
 * <p>Properties come in the order of the schema and no others; white space is one optional space after a comma or a colon; what the schema leaves without
 * end is bounded, so that a small model cannot go on forever. Structure is expressed or refused. Bounds of numbers, {@code multipleOf} and {@code
 * uniqueItems} are expressed as far as a grammar can and must be validated afterwards.
 */
final class SchemaGrammar {
    /** The longest string where the schema names no {@code maxLength}, in characters. */
    static final int LONGEST_STRING = 200;

    /** The most items where the schema names no {@code maxItems}. */
    static final int MOST_ITEMS = 64;

    // Above this many copies llama.cpp's parser would take too long.
    private static final int MOST_REPETITIONS = 4_000;
    private static final int MOST_ENUMERATED = 256;

    private static final Set<String> REFUSED = Set.of(
            "not",
            "if",
            "then",
            "else",
            "patternProperties",
            "dependentRequired",
            "dependentSchemas",
            "propertyNames",
            "minProperties",
            "maxProperties",
            "unevaluatedProperties",
            "unevaluatedItems",
            "contains",
            "minContains",
            "maxContains",
            "prefixItems",
            "$dynamicRef");

    private final Json.Obj root;
    private final Map<String, String> rules = new LinkedHashMap<>();
    private final Map<String, String> references = new LinkedHashMap<>();

    private SchemaGrammar(Json.Obj root) {
        this.root = root;
    }

    /** Returns the grammar, whose start is the rule {@code root}; throws {@link RungException.WrongInput} naming what cannot be expressed. */
    static String of(Json.Obj schema) {
        SchemaGrammar grammar = new SchemaGrammar(schema);
        String start = grammar.value(schema, "#");
        StringBuilder text = new StringBuilder("root ::= ").append(start).append('\n');
        grammar.rules.forEach(
                (name, body) -> text.append(name).append(" ::= ").append(body).append('\n'));
        return text.toString();
    }

    private String value(Json schema, String at) {
        if (!(schema instanceof Json.Obj object)) {
            throw refused(at, "the schema " + schema, "an object with a type");
        }
        for (String keyword : REFUSED) {
            if (object.get(keyword) != null) {
                throw refused(at + "/" + keyword, keyword, "a schema without it: no grammar can express it");
            }
        }
        if (object.get("$ref") instanceof Json.Str(String target)) {
            return reference(target, at);
        }
        if (object.get("enum") instanceof Json.Arr(List<Json> values)) {
            return literals(values, at + "/enum");
        }
        Json constant = object.get("const");
        if (constant != null) {
            return literals(List.of(constant), at + "/const");
        }
        for (String keyword : List.of("anyOf", "oneOf", "allOf")) {
            if (object.get(keyword) instanceof Json.Arr(List<Json> choices)) {
                return combined(object, keyword, choices, at + "/" + keyword);
            }
        }
        List<String> alternatives = new ArrayList<>();
        for (String type : types(object, at)) {
            alternatives.add(typed(type, object, at));
        }
        return define(String.join(" | ", alternatives));
    }

    private String combined(Json.Obj schema, String keyword, List<Json> choices, String at) {
        if (schema.get("properties") != null || schema.get("items") != null) {
            throw refused(at, keyword + " beside properties or items", "one of them alone");
        }
        if (choices.isEmpty() || (keyword.equals("allOf") && choices.size() > 1)) {
            throw refused(at, keyword + " of " + choices.size() + " schemas", keyword.equals("allOf") ? "one" : "some");
        }
        List<String> alternatives = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            alternatives.add(value(choices.get(i), at + "/" + i));
        }
        return define(String.join(" | ", alternatives));
    }

    private String reference(String target, String at) {
        String known = references.get(target);
        if (known != null) {
            return known;
        }
        if (!target.startsWith("#")) {
            throw refused(at + "/$ref", target, "a reference into the same schema, such as #/$defs/item");
        }
        Json found = root;
        String pointer = target.substring(1);
        for (String step : pointer.isEmpty()
                ? List.<String>of()
                : List.of(pointer.substring(1).split("/", -1))) {
            String key = step.replace("~1", "/").replace("~0", "~");
            found = found instanceof Json.Obj object ? object.get(key) : null;
            if (found == null) {
                throw refused(at + "/$ref", target, "a place that exists in the schema");
            }
        }
        // Named before it is visited, so that a schema may refer to itself.
        String name = "ref" + references.size();
        references.put(target, name);
        rules.put(name, "");
        rules.put(name, value(found, target));
        return name;
    }

    private static Set<String> types(Json.Obj schema, String at) {
        Set<String> types = new LinkedHashSet<>();
        switch (schema.get("type")) {
            case Json.Str(String type) -> types.add(type);
            case Json.Arr(List<Json> several) -> {
                for (Json type : several) {
                    types.add(type instanceof Json.Str(String name) ? name : type.toString());
                }
            }
            case null, default -> {
                if (schema.get("properties") != null) {
                    types.add("object");
                } else if (schema.get("items") != null) {
                    types.add("array");
                }
            }
        }
        if (types.isEmpty()) {
            throw refused(at, "a schema without type", "type, enum, const, $ref, anyOf or oneOf");
        }
        return types;
    }

    private String typed(String type, Json.Obj schema, String at) {
        return switch (type) {
            case "object" -> object(schema, at);
            case "array" -> array(schema, at);
            case "string" -> string(schema, at);
            case "integer" -> NumberGrammar.integer(schema, MOST_ENUMERATED);
            case "number" -> NumberGrammar.number(schema);
            case "boolean" -> "\"true\" | \"false\"";
            case "null" -> "\"null\"";
            default -> throw refused(at + "/type", type, "object, array, string, integer, number, boolean or null");
        };
    }

    private String object(Json.Obj schema, String at) {
        SequencedMap<String, Json> properties =
                schema.get("properties") instanceof Json.Obj found ? found.members() : new LinkedHashMap<>();
        Set<String> required = new LinkedHashSet<>();
        if (schema.get("required") instanceof Json.Arr(List<Json> names)) {
            for (Json name : names) {
                required.add(name instanceof Json.Str(String text) ? text : name.toString());
            }
        }
        for (String name : required) {
            if (!properties.containsKey(name)) {
                throw refused(at + "/required", "\"" + name + "\"", "a name among properties");
            }
        }
        // From the last property to the first: what may follow when something stands before, and when nothing does.
        String afterSome = "\"\"";
        String afterNone = "\"\"";
        for (Map.Entry<String, Json> property : properties.reversed().entrySet()) {
            String name = property.getKey();
            String member = literal(Json.of(name).compact()) + " \":\" \" \"? "
                    + value(property.getValue(), at + "/properties/" + name);
            String withComma = "\",\" \" \"? " + member + " " + afterSome;
            String alone = member + " " + afterSome;
            boolean optional = !required.contains(name);
            afterNone = define(optional ? alone + " | " + afterNone : alone);
            afterSome = define(optional ? withComma + " | " + afterSome : withComma);
        }
        return "\"{\" " + afterNone + " \"}\"";
    }

    private String array(Json.Obj schema, String at) {
        Json items = schema.get("items");
        if (items == null) {
            throw refused(at, "an array without items", "items: the schema of each item");
        }
        int least = count(schema, "minItems", at, 0);
        int most = count(schema, "maxItems", at, Math.max(MOST_ITEMS, least));
        String empty = "\"[\" \"]\"";
        if (most < least) {
            throw refused(at + "/maxItems", most + "", "at least minItems, " + least);
        }
        if (most == 0) {
            return empty;
        }
        String item = value(items, at + "/items");
        String more = "( \",\" \" \"? " + item + " ){" + Math.max(0, least - 1) + "," + (most - 1) + "}";
        String filled = "\"[\" " + item + (most > 1 ? " " + more : "") + " \"]\"";
        return least == 0 ? filled + " | " + empty : filled;
    }

    private String string(Json.Obj schema, String at) {
        if (schema.get("pattern") instanceof Json.Str(String pattern)) {
            String body = define(PatternGrammar.of(pattern, at + "/pattern"));
            return "\"\\\"\" " + body + " \"\\\"\"";
        }
        if (schema.get("format") instanceof Json.Str(String format)) {
            String known = formatted(format);
            if (known != null) {
                return "\"\\\"\" " + known + " \"\\\"\"";
            }
        }
        int least = count(schema, "minLength", at, 0);
        int most = count(schema, "maxLength", at, least + LONGEST_STRING);
        if (most < least) {
            throw refused(at + "/maxLength", most + "", "at least minLength, " + least);
        }
        rules.putIfAbsent("char", "[^\"\\\\\\x00-\\x1F\\x7F] | \"\\\\\" [\"\\\\/bnrt]");
        return "\"\\\"\" char{" + least + "," + Math.min(most, Math.max(least, MOST_REPETITIONS)) + "} \"\\\"\"";
    }

    private @Nullable String formatted(String format) {
        return switch (format) {
            case "date" -> date();
            case "date-time" ->
                date() + " \"T\" " + time() + " (\".\" [0-9]{1,3})? (\"Z\" | [+\\x2D] hour \":\" [0-5] [0-9])";
            case "time" -> time() + " (\"Z\" | [+\\x2D] hour \":\" [0-5] [0-9])";
            case "uuid" -> "[0-9a-f]{8} (\"-\" [0-9a-f]{4}){3} \"-\" [0-9a-f]{12}";
            default -> null;
        };
    }

    private String date() {
        rules.putIfAbsent("day28", "\"0\" [1-9] | \"1\" [0-9] | \"2\" [0-8]");
        rules.putIfAbsent("day30", "day28 | \"29\" | \"30\"");
        rules.putIfAbsent(
                "monthday",
                "(\"01\" | \"03\" | \"05\" | \"07\" | \"08\" | \"10\" | \"12\") \"-\" (day30 | \"31\")"
                        + " | (\"04\" | \"06\" | \"09\" | \"11\") \"-\" day30 | \"02-\" day28");
        rules.putIfAbsent(
                "leapyear",
                "[12] [0-9] (\"0\" [48] | [2468] [048] | [13579] [26]) | \"1200\" | \"1600\" | \"2000\" | \"2400\" | \"2800\"");
        rules.putIfAbsent("date", "[12] [0-9]{3} \"-\" monthday | leapyear \"-02-29\"");
        return "date";
    }

    private String time() {
        rules.putIfAbsent("hour", "[01] [0-9] | \"2\" [0-3]");
        return "hour \":\" [0-5] [0-9] \":\" [0-5] [0-9]";
    }

    private String literals(List<Json> values, String at) {
        if (values.isEmpty()) {
            throw refused(at, "no values", "at least one");
        }
        List<String> alternatives = new ArrayList<>();
        for (Json value : values) {
            alternatives.add(literal(value.compact()));
        }
        return define(String.join(" | ", alternatives));
    }

    private String define(String body) {
        String name = "r" + rules.size();
        rules.put(name, body);
        return name;
    }

    private static int count(Json.Obj schema, String keyword, String at, int otherwise) {
        return switch (schema.get(keyword)) {
            case null -> otherwise;
            case Json.Num(BigDecimal value)
            when value.signum() >= 0
                    && value.stripTrailingZeros().scale() <= 0
                    && value.compareTo(BigDecimal.valueOf(MOST_REPETITIONS)) <= 0 -> value.intValueExact();
            case Json other ->
                throw refused(at + "/" + keyword, other.toString(), "a whole number from 0 to " + MOST_REPETITIONS);
        };
    }

    /** Returns a text as a literal of the grammar. */
    static String literal(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                default -> {
                    if (c < 0x20 || c == 0x7F) {
                        quoted.append("\\x%02X".formatted(c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    static RungException.WrongInput refused(String at, String found, String expected) {
        return RungException.WrongInput.at(
                "schema " + at,
                found,
                expected,
                "Local models are held to a schema by a grammar; say it in simpler words");
    }
}
