package dev.rung.intake.split;

import dev.rung.core.task.Slice;
import dev.rung.intake.text.Language;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * By what slices can tell the rows of a task apart: language, length, and each column of few different values.
 *
 * <p>Length is {@code short} up to 8 words, {@code medium} up to 25 and {@code long} beyond: fixed, so that a slice keeps its meaning when rows are added. Not thread-safe.
 */
final class Facets {
    /** A column of more different values than this tells rows apart, not kinds of rows. */
    private static final int MOST_VALUES = 20;

    private static final int LONGEST_VALUE = 60;
    private static final int SHORT = 8;
    private static final int MEDIUM = 25;
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Map<String, Set<String>> values = new TreeMap<>();
    private final Set<String> unfit = new HashSet<>();
    // Rows share few different combinations.
    private final Map<Map<String, String>, Map<String, String>> known = new HashMap<>();

    /** Looks at a row's columns; all rows must have been looked at before the facets of any are asked for. */
    void see(Map<String, String> columns) {
        for (Map.Entry<String, String> column : columns.entrySet()) {
            if (unfit.contains(column.getKey())) {
                continue;
            }
            Set<String> seen = values.computeIfAbsent(column.getKey(), fresh -> new HashSet<>());
            seen.add(column.getValue());
            if (seen.size() > MOST_VALUES || column.getValue().length() > LONGEST_VALUE) {
                unfit.add(column.getKey());
                values.remove(column.getKey());
            }
        }
    }

    /** Returns the names of all facets but the label. */
    Set<String> names() {
        Set<String> names = new HashSet<>(values.keySet());
        names.add(Slice.LANGUAGE);
        names.add(Slice.LENGTH);
        return names;
    }

    /** Returns a row's facets; a column named {@code language} or {@code length} goes before what the text shows. */
    Map<String, String> of(String input, Map<String, String> columns) {
        Map<String, String> facets = new TreeMap<>();
        facets.put(Slice.LANGUAGE, Language.of(input));
        facets.put(Slice.LENGTH, length(input));
        for (String column : values.keySet()) {
            String value = columns.get(column);
            if (value != null) {
                facets.put(column, value);
            }
        }
        return known.computeIfAbsent(facets, Map::copyOf);
    }

    private static String length(String input) {
        int words = SPACE.split(input.strip(), MEDIUM + 2).length;
        return words <= SHORT ? "short" : words <= MEDIUM ? "medium" : "long";
    }
}
