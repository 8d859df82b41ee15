package dev.rung.gateway.openai;

import dev.rung.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Small forms that messages of the dialect share. */
final class Wire {
    private static final int BRIEF = 60;

    private Wire() {}

    /** Returns the value as an error message shows it. */
    static String brief(Json value) {
        String text = value.compact();
        return text.length() <= BRIEF ? text : text.substring(0, BRIEF) + "…";
    }

    /** Returns an object of many members; it is copied once, where {@link Json.Obj#with} copies for each. */
    @SafeVarargs
    static Json.Obj object(Map.Entry<String, ? extends Json>... members) {
        SequencedMap<String, Json> all = new LinkedHashMap<>();
        for (Map.Entry<String, ? extends Json> member : members) {
            all.put(member.getKey(), member.getValue());
        }
        return new Json.Obj(all);
    }

    /** Returns the text as a header may carry it: visible ASCII and spaces, anything else as a question mark. */
    static String header(String value) {
        StringBuilder safe = new StringBuilder(value.length());
        value.codePoints().forEach(c -> safe.append(c >= ' ' && c < 127 ? (char) c : '?'));
        return safe.toString().strip();
    }
}
