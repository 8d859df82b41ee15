package dev.rung.intake.examples;

import org.jspecify.annotations.Nullable;

/** The columns that a task names; null for one that is inferred, or, for {@code group}, absent. */
public record Columns(
        @Nullable String input,
        @Nullable String output,
        @Nullable String group) {
    public static final Columns INFERRED = new Columns(null, null, null);
}
