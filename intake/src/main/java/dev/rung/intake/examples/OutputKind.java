package dev.rung.intake.examples;

import java.util.List;

/** What a file's output column should hold, which decides under which names it is looked for first. */
public enum OutputKind {
    LABELS,
    FIELDS,
    TEXT,
    /** Rows that nobody has labelled; an output column is not looked at. */
    NONE;

    private static final List<String> ANSWER_NAMES = List.of(
            "output",
            "answer",
            "expected",
            "expected_output",
            "response",
            "completion",
            "target",
            "reference",
            "gold",
            "label");
    private static final List<String> RECORD_NAMES = List.of(
            "output",
            "expected",
            "expected_output",
            "fields",
            "record",
            "json",
            "target",
            "answer",
            "response",
            "completion",
            "gold",
            "label");
    private static final List<String> LABEL_NAMES = List.of(
            "label",
            "category",
            "intent",
            "class",
            "topic",
            "tag",
            "output",
            "target",
            "expected",
            "expected_output",
            "answer",
            "gold",
            "response",
            "completion");

    /** Names under which an input is looked for, the most telling first. */
    static final List<String> INPUT_NAMES = List.of(
            "text",
            "input",
            "message",
            "query",
            "utterance",
            "question",
            "prompt",
            "sentence",
            "content",
            "body",
            "document");

    /** Returns the names under which this output is looked for, the most telling first. */
    List<String> names() {
        return switch (this) {
            case LABELS -> LABEL_NAMES;
            case FIELDS -> RECORD_NAMES;
            case TEXT -> ANSWER_NAMES;
            case NONE -> List.of();
        };
    }
}
