package dev.rung.gateway.http;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The header fields of a request. */
@FunctionalInterface
public interface RequestHeaders {
    /** Returns the first value of the field {@code name}, which is in lower case here whatever its case in the request; or null. */
    @Nullable
    String first(String name);

    /**
     * Hands over each field in the order of the request: its name in lower case, and its value; one that is repeated comes repeatedly. Fields that can only be asked for by name
     * hand over nothing.
     */
    default void each(BiConsumer<String, String> field) {}
}
