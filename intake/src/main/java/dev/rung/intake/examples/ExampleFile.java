package dev.rung.intake.examples;

import dev.rung.core.RungException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of examples, not yet read.
 *
 * @param file where it lies
 * @param name as errors and {@link dev.rung.core.data.ExampleId} say it, without the pointer
 * @param pointer to an array inside a JSON document (RFC 6901); null for a whole file
 */
public record ExampleFile(Path file, String name, @Nullable String pointer) {

    /** The formats that a file's name tells apart. */
    private enum Format {
        DELIMITED,
        JSON_LINES,
        JSON_DOCUMENT,
        PLAIN_LINES
    }

    /**
     * Opens the file: CSV and its kin (.csv, .tsv), JSON Lines (.jsonl, .ndjson), an array in a JSON document (.json), or, for rows that nobody has
     * labelled, plain lines (.txt). JSON rows may be plain objects, [input, output] arrays, OpenAI chat, ShareGPT or Alpaca.
     *
     * @param kind what the output column should hold
     * @param notes takes the rows that cannot be used, and what else a user should know
     * @throws RungException.WrongInput if the file is not there, or cannot be read at all
     */
    public Rows open(Columns columns, OutputKind kind, ReadingNotes notes) {
        Format format = format(kind);
        TextFile text = TextFile.inspect(file, name);
        if (text.notice() != null) {
            notes.notice(text.notice());
        }
        return new Rows(
                switch (format) {
                    case DELIMITED -> new DelimitedRows(text, columns, kind, notes);
                    case JSON_LINES -> JsonRows.ofLines(text, columns, kind, notes);
                    case JSON_DOCUMENT ->
                        JsonRows.ofArray(text, toString(), pointer == null ? "" : pointer, columns, kind, notes);
                    case PLAIN_LINES -> new LineRows(text);
                });
    }

    private Format format(OutputKind kind) {
        String lower = name.toLowerCase(Locale.ROOT);
        String ending = lower.substring(lower.lastIndexOf('.') + 1);
        return switch (ending) {
            case "csv", "tsv", "psv" -> whole(Format.DELIMITED);
            case "jsonl", "ndjson" -> whole(Format.JSON_LINES);
            case "json" -> Format.JSON_DOCUMENT;
            case "txt" -> {
                if (kind != OutputKind.NONE) {
                    throw RungException.WrongInput.at(
                            name,
                            "a plain text file",
                            "examples with an expected output",
                            "Use .csv, .tsv, .jsonl or .json; .txt is for unlabelled inputs");
                }
                yield whole(Format.PLAIN_LINES);
            }
            default ->
                throw RungException.WrongInput.at(
                        name,
                        "the ending ." + ending,
                        "one of .csv, .tsv, .jsonl, .json, and .txt for unlabelled inputs",
                        "Rename or convert the file");
        };
    }

    private Format whole(Format format) {
        if (pointer != null) {
            throw RungException.WrongInput.at(
                    toString(),
                    "a JSON Pointer behind #",
                    "one only for a .json document",
                    "Remove what follows the #");
        }
        return format;
    }

    /** Returns the name, with the pointer after {@code #}. */
    @Override
    public String toString() {
        return pointer == null ? name : name + "#" + pointer;
    }
}
