package dev.rung.intake.examples;

import dev.rung.core.RungException;
import dev.rung.core.data.ExampleId;
import dev.rung.core.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the JSON values of one file are built. */
sealed interface JsonShape {
    /** Returns the row in {@code value}. */
    Row row(ExampleId id, Json value) throws UnusableValue;

    /** Returns the shape that {@code first} shows; columns named by the task override the shapes that are known by their keys. */
    static JsonShape of(String where, Json first, Columns columns, OutputKind kind, ReadingNotes notes) {
        return switch (first) {
            case Json.Obj object -> {
                Set<String> keys = object.members().keySet();
                if (columns.input() == null && object.get("messages") instanceof Json.Arr) {
                    yield new Turns("messages", "role", "content");
                }
                if (columns.input() == null && object.get("conversations") instanceof Json.Arr) {
                    yield new Turns("conversations", "from", "value");
                }
                if (columns.input() == null && keys.contains("instruction")) {
                    yield new Alpaca();
                }
                yield new Members(ColumnChoice.of(where, List.copyOf(keys), columns, kind, notes));
            }
            case Json.Arr array -> new Pair();
            case Json.Str string when kind == OutputKind.NONE -> new Bare();
            case Json.Str string -> throw unknown(where, "a bare string");
            case Json.Num number -> throw unknown(where, "a number");
            case Json.Bool bool -> throw unknown(where, bool.toString());
            case Json.Nil nil -> throw unknown(where, "null");
        };
    }

    private static RungException.WrongInput unknown(String where, String found) {
        return RungException.WrongInput.at(
                where,
                found,
                "an object, or an array [input, output]",
                "Objects may be plain, OpenAI chat (messages), ShareGPT (conversations) or Alpaca (instruction, input, output)");
    }

    /** An object whose members are columns. */
    record Members(ColumnChoice choice) implements JsonShape {
        @Override
        public Row row(ExampleId id, Json value) throws UnusableValue {
            Json.Obj object = objectOf(value);
            Json input = object.get(choice.input());
            if (input == null || input == Json.Nil.NULL) {
                throw new UnusableValue("found no member \"" + choice.input() + "\", expected the input there");
            }
            Json expected = choice.output() == null ? null : object.get(choice.output());
            Json group = choice.group() == null ? null : object.get(choice.group());
            return new Row(
                    id,
                    JsonRows.textOf(input),
                    blank(expected) ? null : expected,
                    group == null ? null : JsonRows.textOf(group),
                    others(object, choice));
        }

        private static Map<String, String> others(Json.Obj object, ColumnChoice choice) {
            Map<String, String> others = new LinkedHashMap<>();
            for (Map.Entry<String, Json> member : object.members().entrySet()) {
                if (!member.getKey().equals(choice.input()) && !member.getKey().equals(choice.output())) {
                    others.put(member.getKey(), JsonRows.textOf(member.getValue()));
                }
            }
            return others;
        }
    }

    /** An array of the input and, for labelled rows, the output. */
    record Pair() implements JsonShape {
        @Override
        public Row row(ExampleId id, Json value) throws UnusableValue {
            if (!(value instanceof Json.Arr(List<Json> items)) || items.isEmpty() || items.size() > 2) {
                throw new UnusableValue("found " + brief(value) + ", expected an array [input, output]");
            }
            Json expected = items.size() == 2 && !blank(items.get(1)) ? items.get(1) : null;
            return new Row(id, JsonRows.textOf(items.getFirst()), expected, null, Map.of());
        }
    }

    /** A bare string: an input that nobody has labelled. */
    record Bare() implements JsonShape {
        @Override
        public Row row(ExampleId id, Json value) {
            return new Row(id, JsonRows.textOf(value), null, null, Map.of());
        }
    }

    /**
     * A conversation: OpenAI chat or ShareGPT. The last assistant turn is the expected output, the last user turn before it the input; without an
     * assistant turn after the last user turn, nobody has labelled the row.
     */
    record Turns(String key, String roleKey, String textKey) implements JsonShape {
        private static final Set<String> USER = Set.of("user", "human");
        private static final Set<String> ASSISTANT = Set.of("assistant", "gpt", "chatgpt", "model", "bot");
        private static final Set<String> SYSTEM = Set.of("system", "developer");

        @Override
        public Row row(ExampleId id, Json value) throws UnusableValue {
            if (!(objectOf(value).get(key) instanceof Json.Arr(List<Json> turns))) {
                throw new UnusableValue("found no array \"" + key + "\", expected the turns of a conversation there");
            }
            String input = null;
            Json expected = null;
            Map<String, String> others = new LinkedHashMap<>();
            for (Json turn : turns) {
                Json.Obj object = objectOf(turn);
                String role = object.get(roleKey) instanceof Json.Str(String name) ? name : "";
                String text = text(object.get(textKey));
                if (USER.contains(role)) {
                    input = text;
                    expected = null;
                } else if (ASSISTANT.contains(role)) {
                    expected = text.isBlank() ? null : Json.of(text);
                } else if (SYSTEM.contains(role)) {
                    others.put("system", text);
                }
            }
            if (input == null) {
                throw new UnusableValue("found no turn of a user, expected one with \"" + roleKey + "\" user or human");
            }
            return new Row(id, input, expected, null, others);
        }

        // OpenAI's content is a string or an array of parts, of which those of text count.
        private static String text(@Nullable Json content) {
            if (content instanceof Json.Arr(List<Json> parts)) {
                StringBuilder text = new StringBuilder();
                for (Json part : parts) {
                    if (part instanceof Json.Obj object && object.get("text") instanceof Json.Str(String piece)) {
                        text.append(piece);
                    }
                }
                return text.toString();
            }
            return content == null || content == Json.Nil.NULL ? "" : JsonRows.textOf(content);
        }
    }

    /** Alpaca: an instruction, an optional input below it, and the output. */
    record Alpaca() implements JsonShape {
        @Override
        public Row row(ExampleId id, Json value) throws UnusableValue {
            Json.Obj object = objectOf(value);
            if (!(object.get("instruction") instanceof Json.Str(String instruction))) {
                throw new UnusableValue("found no text \"instruction\", expected one in each row as in the first");
            }
            String below = object.get("input") instanceof Json.Str(String text) ? text : "";
            Json expected = object.get("output");
            return new Row(
                    id,
                    below.isBlank() ? instruction : instruction + "\n\n" + below,
                    blank(expected) ? null : expected,
                    null,
                    Map.of());
        }
    }

    private static Json.Obj objectOf(Json value) throws UnusableValue {
        if (value instanceof Json.Obj object) {
            return object;
        }
        throw new UnusableValue("found " + brief(value) + ", expected an object like in the first row");
    }

    private static boolean blank(@Nullable Json value) {
        return value == null || value == Json.Nil.NULL || (value instanceof Json.Str(String text) && text.isBlank());
    }

    private static String brief(Json value) {
        String text = value.compact();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
