package dev.rung.wire.gemini;

import dev.rung.core.json.Json;
import dev.rung.wire.form.ApiError;
import dev.rung.wire.form.ErrorReply;
import dev.rung.wire.form.Members;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Errors as Google has them: an object {@code error} with code, message, status and details. */
final class GoogleErrors {
    private GoogleErrors() {}

    /** Reads an error; {@code httpStatus} is 200 for one inside a stream. */
    static ApiError read(int httpStatus, Json.@Nullable Obj body) {
        Json.Obj error = body != null && body.get("error") instanceof Json.Obj object ? object : Json.object();
        int status = httpStatus >= 400
                ? httpStatus
                : error.get("code") instanceof Json.Num(BigDecimal code) && code.intValue() >= 400
                        ? code.intValue()
                        : 500;
        String word = error.get("status") instanceof Json.Str(String text) ? text : "";
        String message = error.get("message") instanceof Json.Str(String text)
                ? text
                : "The model's server answered with status " + status + ".";
        List<Json> details = error.get("details") instanceof Json.Arr(List<Json> items) ? items : List.of();
        ApiError.Kind kind = switch (word) {
            case "INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE" ->
                has(details, "API_KEY_INVALID") ? ApiError.Kind.AUTHENTICATION : ApiError.Kind.INVALID;
            case "UNAUTHENTICATED" -> ApiError.Kind.AUTHENTICATION;
            case "PERMISSION_DENIED" -> ApiError.Kind.PERMISSION;
            case "NOT_FOUND" -> ApiError.Kind.NOT_FOUND;
            case "RESOURCE_EXHAUSTED" -> ApiError.Kind.RATE;
            case "ABORTED", "ALREADY_EXISTS" -> ApiError.Kind.CONFLICT;
            case "DEADLINE_EXCEEDED" -> ApiError.Kind.TIMEOUT;
            case "UNAVAILABLE" -> status == 529 ? ApiError.Kind.OVERLOADED : ApiError.Kind.UNAVAILABLE;
            case "INTERNAL", "UNKNOWN" -> ApiError.Kind.SERVER;
            default -> ApiError.Kind.of(status);
        };
        return new ApiError(kind, status, message, null, word.isEmpty() ? null : word, null, delay(details));
    }

    private static boolean has(List<Json> details, String reason) {
        return details.stream()
                .anyMatch(detail ->
                        detail instanceof Json.Obj object && Json.of(reason).equals(object.get("reason")));
    }

    private static @Nullable Duration delay(List<Json> details) {
        for (Json detail : details) {
            if (detail instanceof Json.Obj object && object.get("retryDelay") instanceof Json.Str(String text)) {
                try {
                    double seconds = Double.parseDouble(text.replace("s", ""));
                    return Duration.ofMillis((long) (1_000 * Math.max(0, Math.min(seconds, 86_400))));
                } catch (NumberFormatException e) {
                    return null;
                }
            }
        }
        return null;
    }

    /** Writes an error. Clients of Google know no 529, which becomes 503. */
    static ErrorReply write(ApiError error) {
        int status = error.status() == 529 ? 503 : error.status();
        return ErrorReply.of(error, status, body(error, status));
    }

    /** Returns the body, which is also the data of an event when a stream fails. */
    static Json.Obj body(ApiError error, int status) {
        String word = switch (error.kind()) {
            case INVALID, TOO_LARGE, UNPROCESSABLE -> "INVALID_ARGUMENT";
            case AUTHENTICATION -> "UNAUTHENTICATED";
            case BILLING -> "FAILED_PRECONDITION";
            case PERMISSION -> "PERMISSION_DENIED";
            case NOT_FOUND -> "NOT_FOUND";
            case CONFLICT -> "ABORTED";
            case RATE, QUOTA -> "RESOURCE_EXHAUSTED";
            case SERVER -> "INTERNAL";
            case UNAVAILABLE, OVERLOADED -> "UNAVAILABLE";
            case TIMEOUT -> "DEADLINE_EXCEEDED";
        };
        return Json.object(
                "error",
                new Members()
                        .put("code", (long) status)
                        .put("message", error.message())
                        .put("status", word)
                        .build());
    }
}
