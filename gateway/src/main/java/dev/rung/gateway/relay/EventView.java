package dev.rung.gateway.relay;

import dev.rung.gateway.scan.Members;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The fields of one event, in place; used again for each event of a stream. Not thread-safe. */
final class EventView {
    private byte[] bytes = {};
    private int typeFrom;
    private int typeTo;
    private int dataFrom;
    private int dataTo;
    private int lines;

    /** Looks at the event in {@code buffer[from..to)}. */
    void look(byte[] buffer, int from, int to) {
        bytes = buffer;
        typeFrom = typeTo = dataFrom = dataTo = lines = 0;
        int at = from;
        while (at < to) {
            int end = at;
            while (end < to && buffer[end] != '\n' && buffer[end] != '\r') {
                end++;
            }
            line(at, end);
            at = end + 1;
        }
        if (lines > 1) {
            join(buffer, from, to);
        }
    }

    private void line(int from, int to) {
        if (begins(from, to, 'd', "data")) {
            dataFrom = value(from + 4, to);
            dataTo = to;
            lines++;
        } else if (begins(from, to, 'e', "event")) {
            typeFrom = value(from + 5, to);
            typeTo = to;
        }
    }

    private boolean begins(int from, int to, char first, String name) {
        if (to - from < name.length() || bytes[from] != (byte) first) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            if (bytes[from + i] != (byte) name.charAt(i)) {
                return false;
            }
        }
        int after = from + name.length();
        return after == to || bytes[after] == ':';
    }

    private int value(int colon, int to) {
        int from = Math.min(colon + 1, to);
        return from < to && bytes[from] == ' ' ? from + 1 : from;
    }

    // Rare: no provider breaks its data into lines.
    private void join(byte[] buffer, int from, int to) {
        byte[] joined = new byte[to - from];
        byte[] type = Arrays.copyOfRange(buffer, typeFrom, typeTo);
        int length = 0;
        int at = from;
        while (at < to) {
            int end = at;
            while (end < to && buffer[end] != '\n' && buffer[end] != '\r') {
                end++;
            }
            if (begins(at, end, 'd', "data")) {
                if (length > 0) {
                    joined[length++] = '\n';
                }
                int value = value(at + 4, end);
                System.arraycopy(buffer, value, joined, length, end - value);
                length += end - value;
            }
            at = end + 1;
        }
        bytes = Arrays.copyOf(joined, length + type.length);
        System.arraycopy(type, 0, bytes, length, type.length);
        dataFrom = 0;
        dataTo = length;
        typeFrom = length;
        typeTo = length + type.length;
    }

    boolean hasData() {
        return dataTo > dataFrom;
    }

    /** Tells whether the event's type is {@code ascii}. */
    boolean typed(String ascii) {
        return typeTo - typeFrom == ascii.length() && at(typeFrom, ascii);
    }

    /** Tells whether the data begins and ends as an object does; what is inside is not looked at. */
    boolean isObject() {
        int from = dataFrom;
        int to = dataTo;
        while (from < to && bytes[from] <= ' ' && bytes[from] >= 0) {
            from++;
        }
        while (from < to && bytes[to - 1] <= ' ' && bytes[to - 1] >= 0) {
            to--;
        }
        return to - from >= 2 && bytes[from] == '{' && bytes[to - 1] == '}';
    }

    /** Tells whether the data begins with {@code ascii}. */
    boolean dataBegins(String ascii) {
        return dataTo - dataFrom >= ascii.length() && at(dataFrom, ascii);
    }

    /** Tells whether {@code ascii} is somewhere in the data. */
    boolean mentions(String ascii) {
        byte first = (byte) ascii.charAt(0);
        for (int i = dataFrom; i <= dataTo - ascii.length(); i++) {
            if (bytes[i] == first && at(i, ascii)) {
                return true;
            }
        }
        return false;
    }

    private boolean at(int from, String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != (byte) ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the members of the data, which is an object. */
    Members members() {
        return Members.of(bytes, dataFrom, dataTo);
    }

    /** Returns the data. */
    byte[] data() {
        return Arrays.copyOfRange(bytes, dataFrom, dataTo);
    }

    String text() {
        return new String(bytes, dataFrom, dataTo - dataFrom, StandardCharsets.UTF_8);
    }
}
