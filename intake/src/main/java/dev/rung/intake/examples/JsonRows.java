package dev.rung.intake.examples;

import dev.rung.core.RungException;
import dev.rung.core.data.ExampleId;
import dev.rung.core.json.Json;
import dev.rung.json.JsonItems;
import dev.rung.json.JsonLines;
import org.jspecify.annotations.Nullable;

/** Rows from JSON values; the first value says how all are built. */
final class JsonRows implements Rows.Reader {
    private final String name;
    private final Values values;
    private final Columns columns;
    private final OutputKind kind;
    private final ReadingNotes notes;
    private @Nullable JsonShape shape;
    private boolean broken;
    private long lastLine = 1;

    private JsonRows(String name, Values values, Columns columns, OutputKind kind, ReadingNotes notes) {
        this.name = name;
        this.values = values;
        this.columns = columns;
        this.kind = kind;
        this.notes = notes;
    }

    private sealed interface Values {}

    private record LinesOf(JsonLines lines) implements Values {}

    private record ItemsOf(JsonItems items) implements Values {}

    static JsonRows ofLines(TextFile file, Columns columns, OutputKind kind, ReadingNotes notes) {
        return new JsonRows(file.name(), new LinesOf(new JsonLines(file.open(), file.name())), columns, kind, notes);
    }

    /** Reads the array at {@code pointer} in {@code file}; rows carry {@code name}. */
    static JsonRows ofArray(
            TextFile file, String name, String pointer, Columns columns, OutputKind kind, ReadingNotes notes) {
        return new JsonRows(name, new ItemsOf(new JsonItems(file.open(), file.name(), pointer)), columns, kind, notes);
    }

    @Override
    public @Nullable Row read() {
        for (JsonLines.Line line = next(); line != null; line = next()) {
            ExampleId id = new ExampleId(name, line.number());
            lastLine = line.number();
            if (shape == null) {
                shape = JsonShape.of(id.toString(), line.value(), columns, kind, notes);
            }
            try {
                return shape.row(id, line.value());
            } catch (UnusableValue e) {
                notes.badRow(id, e.getMessage(), line.value().compact());
            }
        }
        return null;
    }

    private JsonLines.@Nullable Line next() {
        switch (values) {
            case ItemsOf(JsonItems items) -> {
                if (broken) {
                    return null;
                }
                try {
                    return items.hasNext() ? items.next() : null;
                } catch (RungException.WrongInput e) {
                    // There is no telling where the next item of a broken document begins.
                    broken = true;
                    notes.badRow(
                            new ExampleId(name, lastLine),
                            "found what is not JSON in this item or the one after it: " + e.getMessage()
                                    + ". The rest of the file was not read",
                            "");
                    return null;
                }
            }
            case LinesOf(JsonLines lines) -> {
                while (lines.hasNext()) {
                    try {
                        return lines.next();
                    } catch (RungException.WrongInput e) {
                        notes.badRow(
                                new ExampleId(name, lines.number()), "found what is not JSON: " + withoutPlace(e), "");
                    }
                }
                return null;
            }
        }
    }

    private static String withoutPlace(RungException.WrongInput e) {
        String message = String.valueOf(e.getMessage());
        return message.substring(message.indexOf(": ") + 2);
    }

    @Override
    public void close() {
        switch (values) {
            case LinesOf(JsonLines lines) -> lines.close();
            case ItemsOf(JsonItems items) -> items.close();
        }
    }

    static String textOf(Json value) {
        return value instanceof Json.Str(String text) ? text : value.compact();
    }
}
