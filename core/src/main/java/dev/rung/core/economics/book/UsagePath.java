package dev.rung.core.economics.book;

import dev.rung.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The way from a JSON value to one inside it. */
public record UsagePath(List<Step> steps) {
    public UsagePath {
        steps = List.copyOf(steps);
    }

    /** Returns the path over the members {@code keys}. */
    public static UsagePath of(String... keys) {
        List<Step> steps = new ArrayList<>();
        for (String key : keys) {
            steps.add(new Member(key));
        }
        return new UsagePath(steps);
    }

    /** One step of the way. */
    public sealed interface Step {
        @Nullable
        Json from(Json value);
    }

    /** To a member of an object. */
    public record Member(String key) implements Step {
        @Override
        public @Nullable Json from(Json value) {
            return value instanceof Json.Obj object ? object.get(key) : null;
        }
    }

    /** To the first item of an array whose member {@code field} is a text that {@code match} means. */
    public record Item(String field, ModelMatch match) implements Step {
        @Override
        public @Nullable Json from(Json value) {
            if (value instanceof Json.Arr(List<Json> items)) {
                for (Json item : items) {
                    if (item instanceof Json.Obj object
                            && object.get(field) instanceof Json.Str(String text)
                            && match.matches(text.toLowerCase(Locale.ROOT))) {
                        return item;
                    }
                }
            }
            return null;
        }
    }

    /** Returns what lies at the end of this path, or null. */
    public @Nullable Json from(Json value) {
        Json at = value;
        for (Step step : steps) {
            at = step.from(at);
            if (at == null) {
                return null;
            }
        }
        return at;
    }
}
