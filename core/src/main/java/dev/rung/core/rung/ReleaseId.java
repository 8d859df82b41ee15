package dev.rung.core.rung;

import java.util.regex.Pattern;

/** The name of a release, such as {@code support-routing-3}. */
public record ReleaseId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]*-[0-9]+");

    public ReleaseId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a release: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
