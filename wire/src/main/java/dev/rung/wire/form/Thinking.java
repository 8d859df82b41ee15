package dev.rung.wire.form;

import org.jspecify.annotations.Nullable;

/**
 * How much a model is to reason before it answers.
 *
 * @param mode whether
 * @param effort a word such as {@code low}, or null
 * @param budget the most tokens of reasoning, or null
 * @param shown what the caller wants to see of it in its dialect's word, such as {@code auto} or {@code omitted}, or null
 */
public record Thinking(
        Mode mode,
        @Nullable String effort,
        @Nullable Long budget,
        @Nullable String shown,
        Place place) {
    /** Whether to reason. */
    public enum Mode {
        ON,
        OFF,
        /** As the model likes. */
        ADAPTIVE,
        /** As the vendor's default has it; only the effort or the display is said. */
        UNSAID
    }
}
