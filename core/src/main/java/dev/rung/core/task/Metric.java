package dev.rung.core.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A number measured on each example that it applies to, from 0 to 1. */
public enum Metric {
    /** The label is right; on every example, out-of-scope ones included. */
    ACCURACY("accuracy", "accuracy", true),
    /** The label is right; on examples whose expected label is in scope. */
    IN_SCOPE_ACCURACY("in_scope_accuracy", "in-scope accuracy", true),
    /** The answer is out-of-scope; on examples whose expected label is out-of-scope. */
    OUT_OF_SCOPE_RECALL("out_of_scope_recall", "out-of-scope recall", true),
    /** The answer is out-of-scope; on examples whose expected label is in scope. */
    FALSE_ALARM_RATE("false_alarm_rate", "false-alarm rate", true, true),
    /** Every field is exactly right. */
    RECORD_EXACT("record_exact", "exact records", true),
    /** The share of leaf fields that are exactly right, missing and surplus ones counted as wrong. */
    FIELD_ACCURACY("field_accuracy", "field accuracy", false),
    /** There is an answer, and it satisfies the contract. */
    VALID("valid", "valid answers", true),
    /** The text equals the expected text after trimming and folding of white space and case. */
    EXACT_MATCH("exact_match", "exact match", true),
    /** The harmonic mean of word precision and recall against the expected text. */
    TOKEN_F1("token_f1", "token F1", false),
    /** The share of pairs that agree among the answers to one question asked several times, and to its paraphrases. */
    CONSISTENCY("consistency", "consistency", false),
    /** There is an answer, where a solver may say that it does not know; on every example. */
    COVERAGE("coverage", "coverage", true),
    /** There is a wrong answer, or none that can be used, where a solver may say that it does not know; on every example. */
    HARM("harm", "harm", true, true);

    private final String key;
    private final String title;
    private final boolean binary;
    private final boolean lessIsBetter;

    Metric(String key, String title, boolean binary) {
        this(key, title, binary, false);
    }

    Metric(String key, String title, boolean binary, boolean lessIsBetter) {
        this.key = key;
        this.title = title;
        this.binary = binary;
        this.lessIsBetter = lessIsBetter;
    }

    /** Returns the key under which a task's bar names this metric. */
    public String key() {
        return key;
    }

    /** Returns the name for people. */
    public String title() {
        return title;
    }

    /** Tells whether each example scores exactly 0 or 1. */
    public boolean binary() {
        return binary;
    }

    /** Tells whether 0 is best. */
    public boolean lessIsBetter() {
        return lessIsBetter;
    }

    /** Tells whether the metric weighs silence against answers; the others are of the answers alone where a solver may be silent. A bar does not name these: {@code abstain:} does. */
    public boolean weighsSilence() {
        return this == COVERAGE || this == HARM;
    }

    /** Returns the metric with this {@link #key()}, or null. */
    public static @Nullable Metric of(String key) {
        for (Metric metric : values()) {
            if (metric.key.equals(key)) {
                return metric;
            }
        }
        return null;
    }

    /** Returns the metrics that a bar may ask of a contract, the headline one first. */
    public static List<Metric> of(OutputContract contract) {
        return switch (contract) {
            case OutputContract.Labels labels ->
                labels.outOfScope() == null
                        ? List.of(ACCURACY, VALID, CONSISTENCY)
                        : List.of(
                                ACCURACY, IN_SCOPE_ACCURACY, OUT_OF_SCOPE_RECALL, FALSE_ALARM_RATE, VALID, CONSISTENCY);
            case OutputContract.Fields fields -> List.of(RECORD_EXACT, FIELD_ACCURACY, VALID, CONSISTENCY);
            case OutputContract.Text text -> List.of(EXACT_MATCH, TOKEN_F1, VALID, CONSISTENCY);
        };
    }
}
