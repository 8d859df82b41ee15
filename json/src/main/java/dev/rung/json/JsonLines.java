package dev.rung.json;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/**
 * JSON Lines, one value a line, read as a stream: only one line is in memory at a time.
 *
 * <p>Blank lines are skipped. Not thread-safe.
 */
public final class JsonLines implements Iterator<JsonLines.Line>, AutoCloseable {
    private final BufferedReader reader;
    private final String source;
    private long number;
    private @Nullable String pending;

    /** Reads from {@code reader}, which this object closes; {@code source} names it in errors. */
    public JsonLines(Reader reader, String source) {
        this.reader = reader instanceof BufferedReader buffered ? buffered : new BufferedReader(reader, 1 << 16);
        this.source = source;
    }

    /** Reads UTF-8 from {@code in}, which this object closes; bytes that are not UTF-8 are an {@link UncheckedIOException}. */
    public JsonLines(InputStream in, String source) {
        this(
                new InputStreamReader(
                        in,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                source);
    }

    /** A value and its line, counted from 1. */
    public record Line(long number, Json value) {}

    /** Returns the number of the line that was read last, from 1; also after a failure. */
    public long number() {
        return number;
    }

    @Override
    public boolean hasNext() {
        try {
            while (pending == null) {
                String line = reader.readLine();
                if (line == null) {
                    return false;
                }
                number++;
                if (number == 1 && line.startsWith("\uFEFF")) {
                    line = line.substring(1);
                }
                if (!line.isBlank()) {
                    pending = line;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + source + " after line " + number, e);
        }
    }

    /** Returns the next value; a line that is not JSON is a {@link RungException.WrongInput} with its number, and reading may go on after it. */
    @Override
    public Line next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String line = pending;
        pending = null;
        try (JsonParser parser = JsonText.FACTORY.createParser(ObjectReadContext.empty(), line)) {
            parser.nextToken();
            Json value = JsonText.value(parser, source + ":" + number);
            if (parser.nextToken() != null) {
                throw new RungException.WrongInput(source + ":" + number
                        + ": found more text after the end of the value, expected one JSON value a line");
            }
            return new Line(number, value);
        } catch (JacksonException e) {
            throw JsonText.failure(e, source, number - 1);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + source, e);
        }
    }
}
