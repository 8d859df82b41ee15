package dev.rung.compat;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as the maps and lists that clients take and give. */
final class Plain {
    private Plain() {}

    static Map<String, Object> of(Json.Obj object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.members().forEach((name, value) -> map.put(name, value(value)));
        return map;
    }

    private static Object value(Json json) {
        return switch (json) {
            case Json.Obj object -> of(object);
            case Json.Arr(List<Json> items) -> items.stream().map(Plain::value).toList();
            case Json.Str(String text) -> text;
            case Json.Num(BigDecimal number) -> number;
            case Json.Bool(boolean truth) -> truth;
            case Json.Nil nil -> throw new IllegalArgumentException("null has no place here");
        };
    }

    /** Returns the JSON of a text that a client gives, whose absence is a failure of the test. */
    static Json parsed(@Nullable String text) {
        if (text == null) {
            throw new AssertionError("no JSON");
        }
        return JsonText.parse(text);
    }

    static Json.Obj json(Map<?, ?> map) {
        Json.Obj object = Json.object();
        for (Map.Entry<?, ?> member : map.entrySet()) {
            object = object.with(String.valueOf(member.getKey()), json(member.getValue()));
        }
        return object;
    }

    private static Json json(@Nullable Object value) {
        return switch (value) {
            case null -> Json.Nil.NULL;
            case Map<?, ?> map -> json(map);
            case List<?> list -> Json.array(list.stream().map(Plain::json).toList());
            case String text -> Json.of(text);
            case Boolean truth -> Json.of(truth);
            case Number number -> Json.of(new BigDecimal(number.toString()));
            default -> throw new IllegalArgumentException("no JSON: " + value);
        };
    }
}
