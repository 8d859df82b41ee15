package dev.rung.core.task;

import dev.rung.core.json.Json;

/** An answer's content, in one of the three kinds that a task can ask for, or none. */
public sealed interface Output {
    /** Returns the answer as a caller sees it: the label, the JSON text, or the text. */
    String text();

    /** Returns the output as JSON, under the name of its kind; {@link #fromJson} reads it back. */
    default Json.Obj toJson() {
        return switch (this) {
            case Label(String name) -> Json.object("label", Json.of(name));
            case Fields(Json.Obj value) -> Json.object("fields", value);
            case Text(String text) -> Json.object("text", Json.of(text));
            case Abstention(String says) -> Json.object("abstained", Json.of(says));
            case NoAnswer(String reason) -> Json.object("none", Json.of(reason));
        };
    }

    /** Reads what {@link #toJson} wrote. */
    static Output fromJson(Json.Obj json) {
        if (json.get("label") != null) {
            return new Label(json.string("label"));
        }
        if (json.get("fields") != null) {
            return new Fields(json.object("fields"));
        }
        if (json.get("abstained") != null) {
            return new Abstention(json.string("abstained"));
        }
        return json.get("text") != null ? new Text(json.string("text")) : new NoAnswer(json.string("none"));
    }

    /** One of the task's labels. */
    record Label(String name) implements Output {
        @Override
        public String text() {
            return name;
        }
    }

    /** A record that satisfies the task's JSON Schema. */
    record Fields(Json.Obj value) implements Output {
        @Override
        public String text() {
            return value.compact();
        }
    }

    /** Free text. */
    record Text(String text) implements Output {}

    /**
     * The solver says that it does not know, as the task allows it to; neither right nor wrong.
     *
     * @param says what a caller sees, never one of the labels
     */
    record Abstention(String says) implements Output {
        @Override
        public String text() {
            return says;
        }
    }

    /** No usable answer, and why; counts as wrong and as invalid. */
    record NoAnswer(String reason) implements Output {
        @Override
        public String text() {
            return "";
        }
    }
}
