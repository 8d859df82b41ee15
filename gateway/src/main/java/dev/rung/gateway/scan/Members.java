package dev.rung.gateway.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over the members of one JSON object, or the items of an array, in place: where each name and value stands, without copies.
 *
 * <p>What is checked is what the walk rests on: that strings end, brackets match and members are separated; the inside of values is left to whoever reads them. Strings
 * are passed over a byte at a time, in UTF-8. Not thread-safe.
 */
public final class Members {
    private static final int DEEPEST = 1_024;

    private final byte[] bytes;
    private final int end;
    private final boolean named;
    private final long[] brackets = new long[DEEPEST / 64];
    private int at;
    private boolean first = true;
    private int nameFrom;
    private int nameTo;
    private boolean nameEscaped;
    private int valueFrom;
    private int valueTo;

    private Members(byte[] bytes, int from, int to, boolean named) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
        this.named = named;
        space();
        expect(named ? '{' : '[');
    }

    /** Returns the members of the object that is all of {@code bytes}; what is no object is a {@link MalformedJson}, here or on the way. */
    public static Members of(byte[] bytes) {
        return new Members(bytes, 0, bytes.length, true);
    }

    /** Returns the members of the object in {@code bytes[from..to)}. */
    public static Members of(byte[] bytes, int from, int to) {
        return new Members(bytes, from, to, true);
    }

    /** Goes to the next member; false after the last one, when the object's end has been seen. */
    public boolean next() {
        space();
        if (at < end && bytes[at] == (named ? '}' : ']')) {
            at++;
            space();
            if (at < end) {
                throw new MalformedJson(at, "found " + shown() + " after the end of the object");
            }
            return false;
        }
        if (!first) {
            expect(',');
            space();
        }
        first = false;
        if (named) {
            nameFrom = at + 1;
            nameEscaped = string();
            nameTo = at - 1;
            space();
            expect(':');
            space();
        }
        valueFrom = at;
        value();
        valueTo = at;
        return true;
    }

    /** Tells whether the member's name is this one, which is ASCII, however it is escaped. */
    public boolean named(String name) {
        if (nameEscaped) {
            return name().equals(name);
        }
        if (nameTo - nameFrom != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (bytes[nameFrom + i] != (byte) name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the member's name. */
    public String name() {
        return Strings.decoded(bytes, nameFrom, nameTo);
    }

    /** Returns where the value begins. */
    public int from() {
        return valueFrom;
    }

    /** Returns where the value has ended. */
    public int to() {
        return valueTo;
    }

    /** Returns the first byte of the value, which tells its kind. */
    public byte kind() {
        return bytes[valueFrom];
    }

    /** Tells whether the value is this literal, such as {@code true}. */
    public boolean is(String literal) {
        if (valueTo - valueFrom != literal.length()) {
            return false;
        }
        for (int i = 0; i < literal.length(); i++) {
            if (bytes[valueFrom + i] != (byte) literal.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the text of the value, which is a string. */
    public String text() {
        return Strings.decoded(bytes, valueFrom + 1, valueTo - 1);
    }

    /** Returns the value as it is written. */
    public String json() {
        return new String(bytes, valueFrom, valueTo - valueFrom, StandardCharsets.UTF_8);
    }

    /** Returns the value's bytes. */
    public byte[] copy() {
        return Arrays.copyOfRange(bytes, valueFrom, valueTo);
    }

    /** Returns the members of the value, which is an object. */
    public Members inside() {
        return new Members(bytes, valueFrom, valueTo, true);
    }

    /** Returns the items of the value, which is an array; they have no names. */
    public Members items() {
        return new Members(bytes, valueFrom, valueTo, false);
    }

    private void value() {
        if (at == end) {
            throw new MalformedJson(at, "the object breaks off");
        }
        byte b = bytes[at];
        if (b == '"') {
            string();
        } else if (b == '{' || b == '[') {
            nested();
        } else {
            scalar();
        }
    }

    private void nested() {
        int depth = 0;
        while (at < end) {
            byte b = bytes[at];
            switch (b) {
                case '"' -> string();
                case '{', '[' -> {
                    if (depth == DEEPEST) {
                        throw new MalformedJson(at, "nested deeper than " + DEEPEST);
                    }
                    long bit = 1L << (depth & 63);
                    if (b == '{') {
                        brackets[depth >> 6] |= bit;
                    } else {
                        brackets[depth >> 6] &= ~bit;
                    }
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    boolean brace = (brackets[depth >> 6] & 1L << (depth & 63)) != 0;
                    if (brace != (b == '}')) {
                        throw new MalformedJson(at, "found " + shown() + ", expected " + (brace ? "}" : "]"));
                    }
                    at++;
                    if (depth == 0) {
                        return;
                    }
                }
                default -> at++;
            }
        }
        throw new MalformedJson(at, "the object breaks off");
    }

    private void scalar() {
        int from = at;
        while (at < end && isOfScalar(bytes[at])) {
            at++;
        }
        if (at == from) {
            throw new MalformedJson(at, "found " + shown() + ", expected a value");
        }
    }

    private static boolean isOfScalar(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || b == '-' || b == '+' || b == '.' || b == 'E';
    }

    /** Passes over a string and tells whether something in it is escaped. */
    private boolean string() {
        expect('"');
        boolean escaped = false;
        while (at < end) {
            byte b = bytes[at++];
            if (b == '"') {
                return escaped;
            }
            if (b == '\\') {
                escaped = true;
                at++;
            } else if (b >= 0 && b < ' ') {
                throw new MalformedJson(at - 1, "a control character in a string");
            }
        }
        throw new MalformedJson(end, "a string breaks off");
    }

    private void expect(char wanted) {
        if (at >= end || bytes[at] != wanted) {
            throw new MalformedJson(at, "found " + shown() + ", expected " + wanted);
        }
        at++;
    }

    private void space() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    private String shown() {
        return at >= end ? "the end" : bytes[at] > ' ' ? "" + (char) bytes[at] : "byte " + (bytes[at] & 0xFF);
    }
}
