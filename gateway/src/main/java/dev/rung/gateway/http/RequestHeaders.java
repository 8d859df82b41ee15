package dev.rung.gateway.http;

import org.jspecify.annotations.Nullable;

/** The header fields of a request. */
@FunctionalInterface
public interface RequestHeaders {
    /** Returns the first value of the field {@code name}, whatever its case, or null. */
    @Nullable
    String first(String name);
}
