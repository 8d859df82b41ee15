package dev.rung.core.task;

/**
 * A part of the examples that can be told by one of their facets, such as all with label {@code billing} or all in German.
 *
 * @param facet {@link #LABEL}, {@link #LANGUAGE}, {@link #LENGTH} or a column of the examples
 * @param value what the facet is in this slice
 */
public record Slice(String facet, String value) {
    /** The facet that is the expected label. */
    public static final String LABEL = "label";
    /** The facet that is the input's language, as an ISO 639 code. */
    public static final String LANGUAGE = "language";
    /** The facet that is the input's length: {@code short}, {@code medium} or {@code long}. */
    public static final String LENGTH = "length";

    public Slice {
        if (facet.isBlank()) {
            throw new IllegalArgumentException("a slice needs a facet");
        }
    }

    /** Returns the slice for people, such as {@code label billing}. */
    public String title() {
        return facet + " " + (value.isEmpty() ? "(empty)" : value);
    }

    /** Returns {@code facet=value}, for keys. */
    public String key() {
        return facet + "=" + value;
    }
}
