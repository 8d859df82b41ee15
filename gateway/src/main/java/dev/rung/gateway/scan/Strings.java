package dev.rung.gateway.scan;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.nio.charset.StandardCharsets;

/** Reads and writes single JSON strings. */
public final class Strings {
    private Strings() {}

    /** Returns the text between two quotes, its escapes resolved. */
    static String decoded(byte[] bytes, int from, int to) {
        String raw = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        try {
            return JsonText.parse('"' + raw + '"') instanceof Json.Str(String text) ? text : raw;
        } catch (RungException.WrongInput e) {
            throw new MalformedJson(from, "a string with an escape that does not exist");
        }
    }

    /** Returns the text as a JSON string, in quotes. */
    public static byte[] encoded(String text) {
        return Json.of(text).compact().getBytes(StandardCharsets.UTF_8);
    }
}
