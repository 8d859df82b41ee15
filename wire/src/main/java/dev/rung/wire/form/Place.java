package dev.rung.wire.form;

import org.jspecify.annotations.Nullable;

/**
 * Where in the caller's JSON something stands, such as {@code messages[2].content[0]}.
 *
 * <p>All places are equal, so that two forms are equal when they say the same, wherever it was read. Immutable.
 */
public final class Place {
    /** The whole body. */
    public static final Place BODY = new Place(null, "", -1);

    private final @Nullable Place outer;
    private final String name;
    private final int index;

    private Place(@Nullable Place outer, String name, int index) {
        this.outer = outer;
        this.name = name;
        this.index = index;
    }

    /** Returns the place of a member of the object here. */
    public Place member(String name) {
        return new Place(this, name, -1);
    }

    /** Returns the place of an item of the array here, counted from 0. */
    public Place item(int index) {
        return new Place(this, "", index);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Place;
    }

    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        write(text);
        return text.isEmpty() ? "body" : text.toString();
    }

    private void write(StringBuilder text) {
        if (outer == null) {
            return;
        }
        outer.write(text);
        if (index >= 0) {
            text.append('[').append(index).append(']');
        } else {
            text.append(text.isEmpty() ? "" : ".").append(name);
        }
    }
}
