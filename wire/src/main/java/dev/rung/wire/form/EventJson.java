package dev.rung.wire.form;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import dev.rung.wire.sse.SseEvent;
import org.jspecify.annotations.Nullable;

/** The JSON in the data of an event. */
public final class EventJson {
    private EventJson() {}

    /** Returns the object, or null for data that is none. */
    public static Json.@Nullable Obj parse(SseEvent event) {
        try {
            return JsonText.parse(event.stream(), "the stream") instanceof Json.Obj object ? object : null;
        } catch (RungException.WrongInput e) {
            return null;
        }
    }

    /** Returns the failure of a stream whose data is no JSON object. */
    public static ApiError garbage() {
        return new ApiError(
                ApiError.Kind.UNAVAILABLE,
                502,
                "The model's server sent an event whose data is not a JSON object.",
                null,
                "stream_garbled",
                null,
                null);
    }
}
