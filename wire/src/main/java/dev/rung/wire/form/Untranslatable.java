package dev.rung.wire.form;

/**
 * Something that the target dialect cannot express.
 *
 * @param field in the terms of the one who wrote it, such as {@code messages[0].content[1].source}
 * @param why for people
 * @param weight what its absence changes
 */
public record Untranslatable(String field, String why, Weight weight) {
    /** What the absence of something changes. */
    public enum Weight {
        /** Cost, speed or presentation: it may be left out if the caller is told. */
        HINT,
        /** The answer: it is left out only when the caller allowed it. */
        MEANING
    }
}
