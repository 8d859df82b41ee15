package dev.rung.wire.form;

import dev.rung.core.json.Json;
import java.util.List;
import java.util.Map;

/**
 * What a writer made, and what it could not express.
 *
 * @param origins where the caller wrote what stands in a place of the body, such as {@code messages[1].content}; empty where a writer does not tell
 */
public record Written(Json.Obj body, List<Untranslatable> lost, Map<String, Place> origins) {
    public Written {
        lost = List.copyOf(lost);
        origins = Map.copyOf(origins);
    }

    public Written(Json.Obj body, List<Untranslatable> lost) {
        this(body, lost, Map.of());
    }

    /** Returns the caller's name for {@code field} of the body, or for the closest that is around it; the same where that is not known. */
    public String origin(String field) {
        String around = field;
        while (!around.isEmpty()) {
            Place origin = origins.get(around);
            if (origin != null) {
                return origin.toString();
            }
            around = around.substring(0, Math.max(0, Math.max(around.lastIndexOf('.'), around.lastIndexOf('['))));
        }
        return field;
    }
}
