package dev.rung.wire.anthropic;

import dev.rung.core.json.Json;
import dev.rung.wire.form.ApiError;
import dev.rung.wire.form.ErrorReply;
import dev.rung.wire.form.Members;
import org.jspecify.annotations.Nullable;

/** Errors as Anthropic has them: an object of type {@code error} that holds one with type and message. */
final class AnthropicErrors {
    private AnthropicErrors() {}

    /** Reads an error; {@code status} is 200 for one inside a stream. */
    static ApiError read(int status, Json.@Nullable Obj body) {
        Json.Obj error = body != null && body.get("error") instanceof Json.Obj object ? object : Json.object();
        String type = error.get("type") instanceof Json.Str(String word) ? word : "";
        String message = error.get("message") instanceof Json.Str(String text)
                ? text
                : "The model's server answered with status " + status + ".";
        ApiError.Kind kind = switch (type) {
            case "invalid_request_error" -> ApiError.Kind.INVALID;
            case "authentication_error" -> ApiError.Kind.AUTHENTICATION;
            case "billing_error" -> ApiError.Kind.BILLING;
            case "permission_error" -> ApiError.Kind.PERMISSION;
            case "not_found_error" -> ApiError.Kind.NOT_FOUND;
            case "request_too_large" -> ApiError.Kind.TOO_LARGE;
            case "rate_limit_error" -> ApiError.Kind.RATE;
            case "timeout_error" -> ApiError.Kind.TIMEOUT;
            case "overloaded_error" -> ApiError.Kind.OVERLOADED;
            case "api_error" -> ApiError.Kind.SERVER;
            default -> status >= 400 ? ApiError.Kind.of(status) : ApiError.Kind.SERVER;
        };
        return new ApiError(
                kind, status >= 400 ? status : kind.status(), message, null, type.isEmpty() ? null : type, null, null);
    }

    static ErrorReply write(ApiError error) {
        return ErrorReply.of(error, error.status(), body(error));
    }

    /** Returns the body, which is also the data of the event {@code error}. */
    static Json.Obj body(ApiError error) {
        String type = switch (error.kind()) {
            case INVALID, CONFLICT, UNPROCESSABLE -> "invalid_request_error";
            case AUTHENTICATION -> "authentication_error";
            case BILLING -> "billing_error";
            case PERMISSION -> "permission_error";
            case NOT_FOUND -> "not_found_error";
            case TOO_LARGE -> "request_too_large";
            case RATE, QUOTA -> "rate_limit_error";
            case TIMEOUT -> "timeout_error";
            case OVERLOADED -> "overloaded_error";
            case SERVER, UNAVAILABLE -> "api_error";
        };
        return Members.typed("error")
                .put(
                        "error",
                        Members.typed(type).put("message", error.message()).build())
                .build();
    }
}
