package dev.rung.gateway.models;

import dev.rung.gateway.http.Refused;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters after the question mark; those that are not asked for are left alone, as vendors do. */
record Query(Map<String, List<String>> parameters) {
    static Query of(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                String name = decoded(parameter.substring(0, equals));
                // Vendors' clients write a list as one parameter repeated, some with brackets after its name.
                String plain = name.endsWith("[]") ? name.substring(0, name.length() - 2) : name;
                parameters
                        .computeIfAbsent(plain, any -> new ArrayList<>())
                        .add(decoded(parameter.substring(equals + 1)));
            }
        }
        return new Query(parameters);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refused.field("query", "invalid_value", "The query is not escaped as a URL asks.");
        }
    }

    /** Returns the value of {@code name}; null when it is absent or empty. */
    @Nullable
    String text(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw Refused.field(name, "duplicate_parameter", "It is in the query more than once.");
        }
        return values.isEmpty() || values.getFirst().isEmpty() ? null : values.getFirst();
    }

    /** Returns the whole number {@code name}, which is at least {@code least}; {@code absent} without one. */
    int number(String name, int least, int absent) {
        String value = text(name);
        if (value == null) {
            return absent;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number that is too small is.
        }
        throw Refused.field(
                name, "invalid_value", "Found %s, expected a whole number from %d.".formatted(value, least));
    }

    /** Tells whether {@code value} is in the list {@code name}, or there is no such list. */
    boolean wants(String name, String value) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.isEmpty()
                || values.stream()
                        .flatMap(each -> List.of(each.split(",")).stream())
                        .anyMatch(value::equals);
    }
}
