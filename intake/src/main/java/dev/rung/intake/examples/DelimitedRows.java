package dev.rung.intake.examples;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.rung.core.RungException;
import dev.rung.core.data.ExampleId;
import dev.rung.core.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** CSV and its kin (RFC 4180) with a header row. */
final class DelimitedRows implements Rows.Reader {
    /** The parser names the line of a broken record only in its message. */
    private static final Pattern LINE = Pattern.compile("started in line (\\d+)");
    /** A file with more broken records than this is no CSV at all. */
    private static final int MOST_RESTARTS = 200;

    private final TextFile file;
    private final String name;
    private final ReadingNotes notes;
    private final char delimiter;
    private final List<String> headers;
    private final ColumnChoice choice;
    private CloseableIterator<CsvRecord> records;
    private long skipped; // lines before the one that the parser counts as its first
    private int restarts;
    private long line = 1;

    DelimitedRows(TextFile file, Columns columns, OutputKind kind, ReadingNotes notes) {
        this.file = file;
        this.name = file.name();
        this.notes = notes;
        this.delimiter = Delimiter.of(file, columns);
        this.records = records(file.open(), delimiter);
        CsvRecord header = record();
        if (header == null) {
            throw new RungException.WrongInput(name + ":1: found an empty file, expected a header row and examples");
        }
        this.headers = header.getFields().stream().map(String::strip).toList();
        this.choice = ColumnChoice.of(name + ":" + header.getStartingLineNumber(), headers, columns, kind, notes);
        refuseDuplicateHeaders(header.getStartingLineNumber());
    }

    private static CloseableIterator<CsvRecord> records(Reader text, char delimiter) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(new EndMarkedReader(text))
                .iterator();
    }

    private void refuseDuplicateHeaders(long headerLine) {
        Set<String> seen = new HashSet<>();
        for (String header : headers) {
            boolean used =
                    header.equals(choice.input()) || header.equals(choice.output()) || header.equals(choice.group());
            if (!seen.add(header) && used) {
                throw RungException.WrongInput.at(
                        name + ":" + headerLine, "two columns \"" + header + "\"", "one", "Rename one of them");
            }
        }
    }

    @Override
    public @Nullable Row read() {
        while (true) {
            CsvRecord record = record();
            if (record == null) {
                return null;
            }
            ExampleId id = new ExampleId(name, line);
            if (record.getFieldCount() != headers.size()) {
                notes.badRow(
                        id,
                        "found " + record.getFieldCount() + " fields, expected " + headers.size()
                                + " as in the header. Put a field that holds the delimiter or a line break in double quotes",
                        String.join(" | ", record.getFields()));
                continue;
            }
            return row(id, record);
        }
    }

    private Row row(ExampleId id, CsvRecord record) {
        String input = "";
        Json expected = null;
        String group = null;
        Map<String, String> others = new LinkedHashMap<>();
        for (int i = 0; i < headers.size(); i++) {
            String header = headers.get(i);
            String field = record.getField(i);
            if (header.equals(choice.input())) {
                input = field;
            } else if (header.equals(choice.output())) {
                expected = field.isBlank() ? null : Json.of(field);
            } else {
                others.put(header, field);
            }
            if (header.equals(choice.group())) {
                group = field;
            }
        }
        return new Row(id, input, expected, group, others);
    }

    /** Returns the next record that can be read, or null at the end; one that is broken is noted, and reading goes on in the line after the one where it began. */
    private @Nullable CsvRecord record() {
        while (true) {
            try {
                CsvRecord record = records.next();
                if (EndMarkedReader.isEnd(record.getFields())) {
                    return null;
                }
                if (!EndMarkedReader.isSwallowed(record.getFields())) {
                    line = skipped + record.getStartingLineNumber();
                    return record;
                }
                line = skipped + record.getStartingLineNumber();
                notes.badRow(
                        new ExampleId(name, line),
                        "found a double quote that opens a field and is never closed, expected a closing quote before the end of the file. "
                                + "Close it, or double the quotes inside a quoted field",
                        String.join(" | ", record.getFields()));
            } catch (CsvParseException e) {
                line = skipped + brokenLine(e);
                Throwable cause = e.getCause() == null ? e : e.getCause();
                notes.badRow(
                        new ExampleId(name, line),
                        "found what is not CSV: " + cause.getMessage() + ". Double the quotes inside a quoted field",
                        "");
            } catch (UncheckedIOException e) {
                throw new UncheckedIOException("cannot read " + name + " after line " + line, e.getCause());
            }
            restart();
        }
    }

    private long brokenLine(CsvParseException e) {
        Matcher number = LINE.matcher(String.valueOf(e.getMessage()));
        if (!number.find()) {
            throw new RungException.WrongInput(
                    name + ": after line " + line + ": found what is not CSV: " + e.getMessage(), e);
        }
        return Long.parseLong(number.group(1));
    }

    // A parser that has failed does not find its way again; a fresh one begins in the next line.
    private void restart() {
        if (++restarts > MOST_RESTARTS) {
            throw new RungException.WrongInput(
                    name + ": found more than " + MOST_RESTARTS + " records that are not CSV, the last in line " + line
                            + ". Check which character separates the fields");
        }
        close();
        BufferedReader text = file.open();
        try {
            for (long i = 0; i < line; i++) {
                text.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + " up to line " + line, e);
        }
        skipped = line;
        records = records(text, delimiter);
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + name, e);
        }
    }

    /** Returns the names in the header row, for choosing among delimiters. */
    static List<List<String>> sample(String text, char delimiter) {
        List<List<String>> sample = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .ofCsvRecord(text)) {
            for (CsvRecord record : reader) {
                sample.add(record.getFields());
            }
        } catch (CsvParseException e) {
            return sample; // what was read until then has to do
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sample;
    }
}
