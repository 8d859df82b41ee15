package dev.rung.core.task;

import dev.rung.core.json.Json;

/** An answer's content, in one of the three kinds that a task can ask for, or none. */
public sealed interface Output {
    /** Returns the answer as a caller sees it: the label, the JSON text, or the text. */
    String text();

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

    /** No usable answer, and why; counts as wrong and as invalid. */
    record NoAnswer(String reason) implements Output {
        @Override
        public String text() {
            return "";
        }
    }
}
