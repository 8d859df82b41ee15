package dev.rung.core.task;

import java.util.regex.Pattern;

/** The name of a task: lower-case letters, digits and dashes, at most 64; also the {@code model} that callers ask for. */
public record TaskName(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");

    public TaskName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a task name: " + value);
        }
    }

    /** Tells whether {@code value} can name a task. */
    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
