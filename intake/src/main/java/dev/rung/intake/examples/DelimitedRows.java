package dev.rung.intake.examples;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.rung.core.RungException;
import dev.rung.core.data.ExampleId;
import dev.rung.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CSV and its kin (RFC 4180) with a header row. */
final class DelimitedRows implements Rows.Reader {
    private final String name;
    private final ReadingNotes notes;
    private final CloseableIterator<CsvRecord> records;
    private final List<String> headers;
    private final ColumnChoice choice;
    private long line = 1;

    DelimitedRows(TextFile file, Columns columns, OutputKind kind, ReadingNotes notes) {
        this.name = file.name();
        this.notes = notes;
        char delimiter = Delimiter.of(file, columns);
        this.records = CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(new EndMarkedReader(file.open()))
                .iterator();
        CsvRecord header = record();
        if (header == null) {
            throw new RungException.WrongInput(name + ":1: found an empty file, expected a header row and examples");
        }
        this.headers = header.getFields().stream().map(String::strip).toList();
        this.choice = ColumnChoice.of(name + ":" + header.getStartingLineNumber(), headers, columns, kind, notes);
        refuseDuplicateHeaders(header.getStartingLineNumber());
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
            ExampleId id = new ExampleId(name, record.getStartingLineNumber());
            if (record.getFieldCount() != headers.size()) {
                notes.badRow(
                        id,
                        "found " + record.getFieldCount() + " fields, expected " + headers.size()
                                + " as in the header. Put a field that holds the delimiter or a line break in double quotes");
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

    /** Returns the next record, or null at the end, which must not lie inside quotes. */
    private @Nullable CsvRecord record() {
        try {
            CsvRecord record = records.next();
            if (EndMarkedReader.isEnd(record.getFields())) {
                return null;
            }
            if (EndMarkedReader.isSwallowed(record.getFields())) {
                throw RungException.WrongInput.at(
                        name + ":" + record.getStartingLineNumber(),
                        "a double quote that opens a field and is never closed",
                        "a closing quote before the end of the file",
                        "Close it, or double the quotes inside a quoted field");
            }
            line = record.getStartingLineNumber();
            return record;
        } catch (CsvParseException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new RungException.WrongInput(
                    name + ": after line " + line + ": found what is not CSV: " + cause.getMessage()
                            + ". Double the quotes inside a quoted field",
                    e);
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException("cannot read " + name + " after line " + line, e.getCause());
        }
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
