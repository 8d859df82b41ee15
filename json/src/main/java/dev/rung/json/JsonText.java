package dev.rung.json;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON text (RFC 8259), read strictly and exactly.
 *
 * <p>Numbers keep every digit. Errors are a duplicate key, anything after the value, nesting deeper than {@value #MAX_DEPTH}, a number of more than
 * {@value #MAX_NUMBER_LENGTH} characters or with an exponent beyond ±{@value #MAX_EXPONENT}, so that no document can exhaust the stack or blow up when
 * its numbers are expanded. Stateless and thread-safe.
 */
public final class JsonText {
    static final int MAX_DEPTH = 500;
    static final int MAX_NUMBER_LENGTH = 1_000;
    static final int MAX_EXPONENT = 5_000;
    private static final int MAX_STRING_LENGTH = 256 * 1024 * 1024;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .build())
            .build();

    private JsonText() {}

    /** Returns the one value in {@code text}; wrong text is a {@link RungException.WrongInput} with line and column. */
    public static Json parse(String text) {
        return parse(text, "JSON");
    }

    /** Returns the one value in {@code text}; {@code source} names it in errors. */
    public static Json parse(String text, String source) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return document(parser, source);
        } catch (JacksonException e) {
            throw failure(e, source, 0);
        }
    }

    /** Returns the one value in {@code in}, which is UTF-8, UTF-16 or UTF-32; a failing stream is an {@link UncheckedIOException}. */
    public static Json parse(InputStream in) {
        return parse(in, "JSON");
    }

    /** Returns the one value in {@code in}; {@code source} names it in errors. */
    public static Json parse(InputStream in, String source) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            return document(parser, source);
        } catch (JacksonException e) {
            throw failure(e, source, 0);
        }
    }

    /** Returns the one value in {@code file}; a file that is not there is wrong input. */
    public static Json read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(in, file.toString());
        } catch (NoSuchFileException e) {
            throw new RungException.WrongInput("no file " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Returns {@code value} over several lines, indented by two spaces, keys in the order in which they were written. */
    public static String pretty(Json value) {
        return Pretty.print(value);
    }

    private static Json document(JsonParser parser, String source) {
        if (parser.nextToken() == null) {
            throw new RungException.WrongInput(source + ": found nothing, expected a JSON value");
        }
        Json value = value(parser, source);
        if (parser.nextToken() != null) {
            throw at(
                    source,
                    parser.currentTokenLocation(),
                    0,
                    "found more text after the end of the value, expected one JSON value");
        }
        return value;
    }

    /** Returns the value that begins at the current token, which becomes its last one. */
    static Json value(JsonParser parser, String source) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> objectValue(parser, source);
            case START_ARRAY -> {
                List<Json> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser, source));
                }
                yield new Json.Arr(items);
            }
            case VALUE_STRING -> new Json.Str(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, source);
            case VALUE_TRUE -> Json.of(true);
            case VALUE_FALSE -> Json.of(false);
            case VALUE_NULL -> Json.Nil.NULL;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw at(source, parser.currentTokenLocation(), 0, "found " + token + ", expected a JSON value");
        };
    }

    private static Json objectValue(JsonParser parser, String source) {
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            TokenStreamLocation place = parser.currentTokenLocation();
            parser.nextToken();
            if (members.put(key, value(parser, source)) != null) {
                throw at(
                        source,
                        place,
                        0,
                        "found the key " + Json.of(key) + " a second time in one object, expected each key once");
            }
        }
        return new Json.Obj(members);
    }

    private static Json number(JsonParser parser, String source) {
        BigDecimal number = parser.getDecimalValue();
        // The exponent of the first digit and that of the last: 1e9999 and 1e-9999 both expand to ten thousand digits.
        long first = (long) number.precision() - number.scale();
        if (number.signum() != 0
                && (Math.abs(first) > MAX_EXPONENT || Math.abs((long) number.scale()) > MAX_EXPONENT)) {
            throw at(
                    source,
                    parser.currentTokenLocation(),
                    0,
                    "found a number with an exponent beyond ±" + MAX_EXPONENT
                            + ", which is more than any use of it could mean");
        }
        return new Json.Num(number);
    }

    /** Returns {@code e} as what a user is told; {@code line} counts the lines before the parsed text. */
    static RuntimeException failure(JacksonException e, String source, long line) {
        if (e instanceof JacksonIOException && e.getCause() instanceof IOException io) {
            return new UncheckedIOException("cannot read " + source, io);
        }
        String message = e.getOriginalMessage();
        return at(source, e.getLocation(), line, message == null ? "not JSON" : message);
    }

    private static RungException.WrongInput at(String source, TokenStreamLocation place, long line, String message) {
        if (place == null || place.getLineNr() < 1) {
            return new RungException.WrongInput(source + (line > 0 ? ":" + (line + 1) : "") + ": " + message);
        }
        return new RungException.WrongInput(
                source + ":" + (line + place.getLineNr()) + ":" + place.getColumnNr() + ": " + message);
    }
}
