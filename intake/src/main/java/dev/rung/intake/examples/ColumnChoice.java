package dev.rung.intake.examples;

import dev.rung.core.RungException;
import dev.rung.json.spec.NearestWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which of a file's columns plays which role. */
record ColumnChoice(
        String input, @Nullable String output, @Nullable String group) {

    /**
     * Returns the roles of {@code headers}: as {@code columns} names them, else by their names.
     *
     * @param where the file and line that errors name
     */
    static ColumnChoice of(String where, List<String> headers, Columns columns, OutputKind kind, ReadingNotes notes) {
        String input = columns.input() != null
                ? named(where, headers, columns.input(), "input")
                : inferred(where, headers, OutputKind.INPUT_NAMES, null, "input", notes);
        if (input == null) {
            throw RungException.WrongInput.at(
                    where,
                    "the columns " + String.join(", ", headers),
                    "one for the input named like " + String.join(", ", OutputKind.INPUT_NAMES),
                    "Name it in the task file: columns: { input: … }");
        }
        String output = null;
        if (kind != OutputKind.NONE) {
            output = columns.output() != null
                    ? named(where, headers, columns.output(), "output")
                    : inferred(where, headers, kind.names(), input, "output", notes);
            if (output == null) {
                throw RungException.WrongInput.at(
                        where,
                        "the columns " + String.join(", ", headers),
                        "one for the expected output named like " + String.join(", ", kind.names()),
                        "Name it in the task file: columns: { output: … }");
            }
        }
        String group = columns.group() == null ? null : named(where, headers, columns.group(), "group");
        return new ColumnChoice(input, output, group);
    }

    /** Returns how many roles the names of {@code headers} fill; tells delimiters apart. */
    static int recognised(List<String> headers, Columns columns) {
        List<String> known = new ArrayList<>(OutputKind.INPUT_NAMES);
        known.addAll(OutputKind.LABELS.names());
        known.addAll(OutputKind.TEXT.names());
        int count = 0;
        for (String header : headers) {
            boolean named =
                    header.equals(columns.input()) || header.equals(columns.output()) || header.equals(columns.group());
            count += named || known.contains(fold(header)) ? 1 : 0;
        }
        return count;
    }

    private static String named(String where, List<String> headers, String name, String role) {
        if (headers.contains(name)) {
            return name;
        }
        String nearest = NearestWord.of(name, headers);
        throw RungException.WrongInput.at(
                where,
                "no column \"" + name + "\" among " + String.join(", ", headers),
                "the column that the task file names as " + role,
                nearest == null ? "Correct columns." + role : "Did you mean \"" + nearest + "\"?");
    }

    private static @Nullable String inferred(
            String where,
            List<String> headers,
            List<String> names,
            @Nullable String taken,
            String role,
            ReadingNotes notes) {
        List<String> matches = new ArrayList<>();
        for (String name : names) {
            for (String header : headers) {
                if (fold(header).equals(name) && !header.equals(taken)) {
                    matches.add(header);
                }
            }
        }
        if (matches.size() > 1) {
            notes.notice(where + ": the " + role + " is taken from the column \"" + matches.getFirst()
                    + "\", not from \"" + String.join("\", \"", matches.subList(1, matches.size()))
                    + "\"; name another under columns: if that is wrong");
        }
        return matches.isEmpty() ? null : matches.getFirst();
    }

    private static String fold(String header) {
        return header.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    }
}
