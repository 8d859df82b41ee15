package dev.rung.wire;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Changes members of the outermost object of a JSON text and leaves every other byte as it is: unknown fields, the order of members and the form of numbers survive.
 *
 * <p>The text must have been parsed before: this only finds its way, and checks nothing.
 */
public final class BodyEdit {
    private final byte[] body;
    private int at;

    private BodyEdit(byte[] body) {
        this.body = body;
    }

    /** Returns {@code body}, UTF-8, with these members; one that is not there is added at the end. */
    public static byte[] with(byte[] body, Map<String, Json> members) {
        return new BodyEdit(body).edit(members);
    }

    private byte[] edit(Map<String, Json> members) {
        Map<String, Json> missing = new LinkedHashMap<>(members);
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 64);
        skipSpace();
        expect('{');
        int copied = 0;
        boolean empty = true;
        skipSpace();
        while (peek() != '}') {
            empty = false;
            int keyStart = at;
            skipString();
            String key = key(keyStart, at);
            skipSpace();
            expect(':');
            skipSpace();
            int valueStart = at;
            skipValue();
            Json value = missing.remove(key);
            if (value != null) {
                out.write(body, copied, valueStart - copied);
                out.writeBytes(value.compact().getBytes(StandardCharsets.UTF_8));
                copied = at;
            }
            skipSpace();
            if (peek() == ',') {
                at++;
                skipSpace();
            }
        }
        out.write(body, copied, at - copied);
        for (Map.Entry<String, Json> member : missing.entrySet()) {
            String text = (empty ? "" : ",") + Json.of(member.getKey()).compact() + ":"
                    + member.getValue().compact();
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            empty = false;
        }
        out.write(body, at, body.length - at);
        return out.toByteArray();
    }

    private String key(int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] == '\\') {
                Json escaped = JsonText.parse(new String(body, from, to - from, StandardCharsets.UTF_8));
                return escaped instanceof Json.Str(String text) ? text : "";
            }
        }
        return new String(body, from + 1, to - from - 2, StandardCharsets.UTF_8);
    }

    private int peek() {
        if (at >= body.length) {
            throw new IllegalArgumentException("not a JSON object");
        }
        return body[at];
    }

    private void expect(char c) {
        if (peek() != c) {
            throw new IllegalArgumentException("not a JSON object");
        }
        at++;
    }

    private void skipSpace() {
        // A byte order mark too, which some clients send.
        while (at < body.length
                && (body[at] == ' '
                        || body[at] == '\n'
                        || body[at] == '\r'
                        || body[at] == '\t'
                        || (at < 3 && body[at] < 0))) {
            at++;
        }
    }

    private void skipString() {
        expect('"');
        while (peek() != '"') {
            at += body[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipValue() {
        int depth = 0;
        do {
            int c = peek();
            if (c == '"') {
                skipString();
            } else if (c == '{' || c == '[') {
                depth++;
                at++;
            } else if (c == '}' || c == ']') {
                depth--;
                at++;
            } else if (depth > 0) {
                at++;
            } else {
                while (",}] \n\r\t".indexOf(peek()) < 0) {
                    at++;
                }
            }
        } while (depth > 0);
    }
}
