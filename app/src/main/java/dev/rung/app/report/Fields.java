package dev.rung.app.report;

import dev.rung.core.json.Json;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads members of JSON objects that may be null. */
final class Fields {
    private Fields() {}

    static @Nullable String text(Json.Obj json, String key) {
        return json.get(key) instanceof Json.Str(String value) ? value : null;
    }

    static double number(Json.Obj json, String key) {
        return json.get(key) instanceof Json.Num number ? number.value().doubleValue() : Double.NaN;
    }

    static Duration seconds(Json.Obj json, String key) {
        return Duration.ofNanos(Math.round(json.number(key).doubleValue() * 1e9));
    }

    static int integer(Json.Obj json, String key) {
        return json.number(key).intValueExact();
    }

    static List<String> texts(Json.Obj json, String key) {
        return json.array(key).stream().map(item -> ((Json.Str) item).value()).toList();
    }

    static List<Json.Obj> objects(Json.Obj json, String key) {
        return json.array(key).stream().map(Json.Obj.class::cast).toList();
    }
}
