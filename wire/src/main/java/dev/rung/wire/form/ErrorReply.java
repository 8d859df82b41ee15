package dev.rung.wire.form;

import dev.rung.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** A failure as it is sent: its status, the headers that go with it, and its body. */
public record ErrorReply(int status, Map<String, String> headers, Json.Obj body) {
    public ErrorReply {
        headers = Map.copyOf(headers);
    }

    /** Returns the reply with the headers that clients of all vendors heed: {@code retry-after}, {@code retry-after-ms}, {@code x-should-retry}. */
    public static ErrorReply of(ApiError error, int status, Json.Obj body) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (error.retryAfter() != null) {
            long millis = error.retryAfter().toMillis();
            headers.put("retry-after", String.valueOf((millis + 999) / 1_000));
            headers.put("retry-after-ms", String.valueOf(millis));
        }
        if (error.mayRetry() != null) {
            headers.put("x-should-retry", error.mayRetry() ? "true" : "false");
        }
        return new ErrorReply(status, headers, body);
    }
}
