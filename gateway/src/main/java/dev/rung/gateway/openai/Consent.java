package dev.rung.gateway.openai;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a caller allows to be left aside though they ask for something, by the request header {@value #HEADER}: names, or {@code *} for all.
 *
 * <p>What is left aside is named in the reply; without consent it is an error.
 */
public record Consent(Set<String> fields) {
    public static final String HEADER = "x-rung-allow-drop";

    public static Consent of(@Nullable String header) {
        return header == null
                ? new Consent(Set.of())
                : new Consent(
                        Arrays.stream(header.split(",")).map(String::strip).collect(Collectors.toUnmodifiableSet()));
    }

    public boolean covers(String field) {
        return fields.contains(field) || fields.contains("*");
    }

    /** Returns the end of an error message about {@code field}: how to consent. */
    static String hint(String field) {
        return " To have it left aside, send the header %s: %s".formatted(HEADER, field);
    }
}
