package dev.rung.json;

import dev.rung.core.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A node of a YAML document that knows where it stands. Immutable. */
public sealed interface Yaml {
    /** Returns where the node begins. */
    Place place();

    /** Returns the node as JSON. */
    Json json();

    /** Returns what kind of node this is, for messages: such as {@code a map} or {@code the text "x"}. */
    String describe();

    /**
     * Where a node stands.
     *
     * @param source the file, as errors name it
     * @param line from 1
     * @param column from 1
     * @param path the keys from the top, such as {@code bar.accuracy} or {@code models[1]}; empty at the top
     */
    record Place(String source, int line, int column, String path) {
        /** Returns {@code file:line: key}, as errors begin. */
        @Override
        public String toString() {
            return source + ":" + line + (path.isEmpty() ? "" : ": " + path);
        }
    }

    /** A key of a mapping with its own place, and its value. */
    record Entry(Place key, Yaml value) {}

    /** A mapping, in the order of the file. */
    record Mapping(Place place, SequencedMap<String, Entry> entries) implements Yaml {
        public Mapping {
            entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
        }

        /** Returns the value under {@code key}, or null. */
        public @Nullable Yaml get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }

        @Override
        public Json json() {
            SequencedMap<String, Json> members = new LinkedHashMap<>();
            for (Map.Entry<String, Entry> entry : entries.entrySet()) {
                members.put(entry.getKey(), entry.getValue().value().json());
            }
            return new Json.Obj(members);
        }

        @Override
        public String describe() {
            return "a map";
        }
    }

    /** A sequence. */
    record Sequence(Place place, List<Yaml> items) implements Yaml {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public Json json() {
            List<Json> values = new ArrayList<>(items.size());
            for (Yaml item : items) {
                values.add(item.json());
            }
            return new Json.Arr(values);
        }

        @Override
        public String describe() {
            return "a list";
        }
    }

    /**
     * A scalar.
     *
     * @param text as written, without quotes
     * @param value what it means under YAML's core schema: a number, a boolean, null, or else a string
     */
    record Scalar(Place place, String text, Json value) implements Yaml {
        @Override
        public Json json() {
            return value;
        }

        @Override
        public String describe() {
            return switch (value) {
                case Json.Str(String string) ->
                    "the text \"" + (string.length() > 80 ? string.substring(0, 80) + "…" : string) + "\"";
                case Json.Num(BigDecimal number) -> "the number " + text;
                case Json.Nil nil -> "nothing";
                case Json.Bool bool -> text;
                case Json.Obj object -> throw new IllegalStateException("a scalar is no object");
                case Json.Arr array -> throw new IllegalStateException("a scalar is no array");
            };
        }
    }
}
