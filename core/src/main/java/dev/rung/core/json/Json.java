package dev.rung.core.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON value.
 *
 * <p>{@link #canonical()} is its one canonical text, the form that is hashed: object keys sorted by UTF-16 code unit, no white space, numbers in
 * plain decimal notation without trailing zeros. Parsing lives outside this module.
 */
public sealed interface Json {
    /** A JSON object; keeps the order in which its members were written, equal whatever the order. */
    record Obj(SequencedMap<String, Json> members) implements Json {
        public Obj {
            members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        }

        /** Returns the member, or null when there is none. */
        public @Nullable Json get(String key) {
            return members.get(key);
        }

        /** Returns the member, which must be there. */
        public Json require(String key) {
            Json value = members.get(key);
            if (value == null) {
                throw new IllegalArgumentException("no member \"" + key + "\" in " + members.keySet());
            }
            return value;
        }

        /** Returns the text of a string member, which must be there. */
        public String string(String key) {
            if (require(key) instanceof Str s) {
                return s.value();
            }
            throw wrong(key, "a string");
        }

        /** Returns the value of a number member, which must be there. */
        public BigDecimal number(String key) {
            if (require(key) instanceof Num n) {
                return n.value();
            }
            throw wrong(key, "a number");
        }

        /** Returns the value of a boolean member, which must be there. */
        public boolean bool(String key) {
            if (require(key) instanceof Bool b) {
                return b.value();
            }
            throw wrong(key, "true or false");
        }

        /** Returns an object member, which must be there. */
        public Obj object(String key) {
            if (require(key) instanceof Obj o) {
                return o;
            }
            throw wrong(key, "an object");
        }

        /** Returns the items of an array member, which must be there. */
        public List<Json> array(String key) {
            if (require(key) instanceof Arr a) {
                return a.items();
            }
            throw wrong(key, "an array");
        }

        /** Returns this object with one member more, or another value for it. */
        public Obj with(String key, Json value) {
            SequencedMap<String, Json> copy = new LinkedHashMap<>(members);
            copy.put(key, value);
            return new Obj(copy);
        }

        /** Returns this object without the member. */
        public Obj without(String key) {
            SequencedMap<String, Json> copy = new LinkedHashMap<>(members);
            copy.remove(key);
            return new Obj(copy);
        }

        private IllegalArgumentException wrong(String key, String expected) {
            return new IllegalArgumentException("member \"" + key + "\" is " + require(key) + ", not " + expected);
        }

        @Override
        public String toString() {
            return canonical();
        }
    }

    /** A JSON array. */
    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return canonical();
        }
    }

    /** A JSON string. */
    record Str(String value) implements Json {
        @Override
        public String toString() {
            return canonical();
        }
    }

    /** A JSON number, exact. */
    record Num(BigDecimal value) implements Json {
        public Num {
            value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        }

        @Override
        public String toString() {
            return canonical();
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Json {
        @Override
        public String toString() {
            return canonical();
        }
    }

    /** {@code null}. */
    enum Nil implements Json {
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }

    static Str of(String value) {
        return new Str(value);
    }

    static Num of(long value) {
        return new Num(BigDecimal.valueOf(value));
    }

    /** Returns the shortest decimal that reads back as {@code value}; not a number and infinities become null, which JSON has. */
    static Json of(double value) {
        return Double.isFinite(value) ? new Num(BigDecimal.valueOf(value)) : Nil.NULL;
    }

    static Num of(BigDecimal value) {
        return new Num(value);
    }

    static Bool of(boolean value) {
        return new Bool(value);
    }

    /** Returns the string, or JSON's null for none. */
    static Json ofNullable(@Nullable String value) {
        return value == null ? Nil.NULL : new Str(value);
    }

    static Arr array(Collection<? extends Json> items) {
        return new Arr(List.copyOf(items));
    }

    /** Returns an array of strings. */
    static Arr strings(Collection<String> items) {
        List<Json> values = new ArrayList<>(items.size());
        for (String item : items) {
            values.add(new Str(item));
        }
        return new Arr(values);
    }

    /** Returns an empty object, to be grown by {@link Obj#with}. */
    static Obj object() {
        return new Obj(new LinkedHashMap<>());
    }

    static Obj object(String k1, Json v1) {
        return object().with(k1, v1);
    }

    static Obj object(String k1, Json v1, String k2, Json v2) {
        return object(k1, v1).with(k2, v2);
    }

    static Obj object(String k1, Json v1, String k2, Json v2, String k3, Json v3) {
        return object(k1, v1, k2, v2).with(k3, v3);
    }

    static Obj object(String k1, Json v1, String k2, Json v2, String k3, Json v3, String k4, Json v4) {
        return object(k1, v1, k2, v2, k3, v3).with(k4, v4);
    }

    /** Returns the canonical text: sorted keys, no white space. */
    default String canonical() {
        StringBuilder text = new StringBuilder();
        write(this, text, true);
        return text.toString();
    }

    /** Returns the text without white space, keys in the order in which they were written. */
    default String compact() {
        StringBuilder text = new StringBuilder();
        write(this, text, false);
        return text.toString();
    }

    private static void write(Json json, StringBuilder to, boolean sorted) {
        switch (json) {
            case Obj(SequencedMap<String, Json> members) -> {
                to.append('{');
                String comma = "";
                Map<String, Json> ordered = sorted ? new TreeMap<>(members) : members;
                for (Map.Entry<String, Json> member : ordered.entrySet()) {
                    quote(member.getKey(), to.append(comma));
                    write(member.getValue(), to.append(':'), sorted);
                    comma = ",";
                }
                to.append('}');
            }
            case Arr(List<Json> items) -> {
                to.append('[');
                String comma = "";
                for (Json item : items) {
                    write(item, to.append(comma), sorted);
                    comma = ",";
                }
                to.append(']');
            }
            case Str(String value) -> quote(value, to);
            case Num(BigDecimal value) -> to.append(plain(value));
            case Bool(boolean value) -> to.append(value);
            case Nil nil -> to.append("null");
        }
    }

    // Plain notation up to 400 digits; a hostile 1e999999999 must not become a gigabyte of zeros.
    private static String plain(BigDecimal value) {
        return Math.abs((long) value.scale()) > 400 ? value.toString() : value.toPlainString();
    }

    private static void quote(String value, StringBuilder to) {
        to.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> to.append("\\\"");
                case '\\' -> to.append("\\\\");
                case '\n' -> to.append("\\n");
                case '\r' -> to.append("\\r");
                case '\t' -> to.append("\\t");
                case '\b' -> to.append("\\b");
                case '\f' -> to.append("\\f");
                default -> {
                    if (c < 0x20 || loneSurrogate(value, i)) {
                        to.append("\\u%04x".formatted((int) c));
                    } else {
                        to.append(c);
                    }
                }
            }
        }
        to.append('"');
    }

    private static boolean loneSurrogate(String value, int at) {
        char c = value.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 >= value.length() || !Character.isLowSurrogate(value.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(value.charAt(at - 1)));
    }
}
