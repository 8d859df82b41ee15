package dev.rung.intake.split;

import dev.rung.core.task.Slice;
import dev.rung.intake.text.Language;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

    private final Set<String> columns;
    // Rows share few different combinations.
    private final Map<Map<String, String>, Map<String, String>> known = new HashMap<>();

    private Facets(Set<String> columns) {
        this.columns = columns;
    }

    /** Finds the columns of {@code rows} that can be facets. */
    static Facets of(List<LoadedRow> rows) {
        Map<String, Set<String>> values = new TreeMap<>();
        Set<String> unfit = new HashSet<>();
        for (LoadedRow row : rows) {
            for (Map.Entry<String, String> column : row.columns().entrySet()) {
                if (unfit.contains(column.getKey())) {
                    continue;
                }
                Set<String> seen = values.computeIfAbsent(column.getKey(), fresh -> new HashSet<>());
                seen.add(column.getValue());
                if (seen.size() > MOST_VALUES || column.getValue().length() > LONGEST_VALUE) {
                    unfit.add(column.getKey());
                }
            }
        }
        values.keySet().removeAll(unfit);
        return new Facets(values.keySet());
    }

    /** Returns the names of all facets but the label. */
    Set<String> names() {
        Set<String> names = new HashSet<>(columns);
        names.add(Slice.LANGUAGE);
        names.add(Slice.LENGTH);
        return names;
    }

    /** Returns a row's facets; a column named {@code language} or {@code length} goes before what the text shows. */
    Map<String, String> of(LoadedRow row) {
        Map<String, String> facets = new TreeMap<>();
        facets.put(Slice.LANGUAGE, Language.of(row.input()));
        facets.put(Slice.LENGTH, length(row.input()));
        for (String column : columns) {
            String value = row.columns().get(column);
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
