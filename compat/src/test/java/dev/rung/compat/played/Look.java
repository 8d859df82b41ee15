package dev.rung.compat.played;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks into JSON that may or may not have what is looked for. */
final class Look {
    private Look() {}

    /** Returns what is found by way of names and numbers of items, or null. */
    static @Nullable Json at(@Nullable Json from, Object... way) {
        Json here = from;
        for (Object step : way) {
            here = switch (here) {
                case Json.Obj object when step instanceof String name -> object.get(name);
                case Json.Arr(List<Json> items)
                when step instanceof Integer index && index < items.size() -> items.get(index);
                case null, default -> null;
            };
        }
        return here;
    }

    /** Returns the text there, or an empty one. */
    static String text(@Nullable Json from, Object... way) {
        return at(from, way) instanceof Json.Str(String text) ? text : "";
    }

    /** Returns the items there, or none. */
    static List<Json> items(@Nullable Json from, Object... way) {
        return at(from, way) instanceof Json.Arr(List<Json> items) ? items : List.of();
    }

    static boolean has(@Nullable Json from, Object... way) {
        return at(from, way) != null;
    }

    /** Returns the value there; its absence is a failure of the test. */
    static Json value(@Nullable Json from, Object... way) {
        Json value = at(from, way);
        if (value == null) {
            throw new AssertionError("nothing at " + List.of(way) + " of " + from);
        }
        return value;
    }

    /** Returns the names with the values that are there. */
    static Map<String, Json> present(Map<String, @Nullable Json> all) {
        Map<String, Json> present = new TreeMap<>();
        all.forEach((name, value) -> {
            if (value != null) {
                present.put(name, value);
            }
        });
        return present;
    }

    /** Returns the JSON that a text there holds. */
    static Json parsed(@Nullable Json from, Object... way) {
        return JsonText.parse(text(from, way));
    }

    /** Returns a text of several parts: a string, or the texts of a list of parts. */
    static String joined(@Nullable Json content) {
        if (content instanceof Json.Str(String text)) {
            return text;
        }
        StringBuilder all = new StringBuilder();
        items(content).forEach(part -> all.append(text(part, "text")));
        return all.toString();
    }
}
