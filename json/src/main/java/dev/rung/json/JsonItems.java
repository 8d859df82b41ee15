package dev.rung.json;

import dev.rung.core.RungException;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * The items of one array inside a JSON document, read as a stream: only one item is in memory at a time.
 *
 * <p>The array is named by a JSON Pointer (RFC 6901); what lies beside it is skipped unread. Not thread-safe.
 */
public final class JsonItems implements Iterator<JsonLines.Line>, AutoCloseable {
    private final JsonParser parser;
    private final String source;
    private boolean ready;
    private boolean ended;

    /** Opens the array at {@code pointer} in {@code reader}, which this object closes. */
    public JsonItems(Reader reader, String source, String pointer) {
        this(JsonText.FACTORY.createParser(ObjectReadContext.empty(), reader), source, pointer);
    }

    /** Opens the array at {@code pointer} in {@code in}, which this object closes. */
    public JsonItems(InputStream in, String source, String pointer) {
        this(JsonText.FACTORY.createParser(ObjectReadContext.empty(), in), source, pointer);
    }

    private JsonItems(JsonParser parser, String source, String pointer) {
        this.parser = parser;
        this.source = source;
        try {
            parser.nextToken();
            String walked = "";
            for (String name : names(pointer)) {
                enter(name, walked);
                walked += "/" + name;
            }
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw new RungException.WrongInput(source + ":" + line() + ": found no array at \"" + pointer
                        + "\", expected an array of examples there");
            }
        } catch (JacksonException e) {
            throw JsonText.failure(e, source, 0);
        }
    }

    /** Returns the reference tokens of a JSON Pointer, unescaped. */
    static List<String> names(String pointer) {
        if (pointer.isEmpty()) {
            return List.of();
        }
        if (!pointer.startsWith("/")) {
            throw new RungException.WrongInput(
                    "found the JSON Pointer \"" + pointer + "\", expected one that begins with /");
        }
        List<String> names = new ArrayList<>();
        for (String name : pointer.substring(1).split("/", -1)) {
            names.add(name.replace("~1", "/").replace("~0", "~"));
        }
        return names;
    }

    private void enter(String name, String walked) {
        List<String> seen = new ArrayList<>();
        JsonToken container = parser.currentToken();
        if (container == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                if (key.equals(name)) {
                    return;
                }
                seen.add(key);
                parser.skipChildren();
            }
        } else if (container == JsonToken.START_ARRAY) {
            for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
                if (Integer.toString(index).equals(name)) {
                    return;
                }
                parser.skipChildren();
            }
        }
        throw new RungException.WrongInput(source + ": found nothing at \"" + walked + "/" + name + "\""
                + (seen.isEmpty() ? "" : ", expected one of the keys there: " + String.join(", ", seen)));
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    @Override
    public boolean hasNext() {
        if (!ready && !ended) {
            try {
                ended = parser.nextToken() == JsonToken.END_ARRAY;
            } catch (JacksonException e) {
                throw JsonText.failure(e, source, 0);
            }
            ready = !ended;
        }
        return ready;
    }

    @Override
    public JsonLines.Line next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ready = false;
        try {
            int line = line();
            return new JsonLines.Line(line, JsonText.value(parser, source));
        } catch (JacksonException e) {
            ended = true;
            throw JsonText.failure(e, source, 0);
        }
    }

    @Override
    public void close() {
        parser.close();
    }
}
