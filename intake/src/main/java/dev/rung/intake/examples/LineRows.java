package dev.rung.intake.examples;

import dev.rung.core.data.ExampleId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain text, one input a line, for rows that nobody has labelled. */
final class LineRows implements Rows.Reader {
    private final String name;
    private final BufferedReader reader;
    private long line;

    LineRows(TextFile file) {
        this.name = file.name();
        this.reader = file.open();
    }

    @Override
    public @Nullable Row read() {
        try {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                if (!text.isBlank()) {
                    return new Row(new ExampleId(name, line), text, null, null, Map.of());
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + " after line " + line, e);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + name, e);
        }
    }
}
