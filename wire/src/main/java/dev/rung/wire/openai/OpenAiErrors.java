package dev.rung.wire.openai;

import dev.rung.core.json.Json;
import dev.rung.wire.form.ApiError;
import dev.rung.wire.form.ErrorReply;
import dev.rung.wire.form.Members;
import org.jspecify.annotations.Nullable;

/** Errors as OpenAI has them: an object {@code error} with message, type, param and code. */
public final class OpenAiErrors {
    private OpenAiErrors() {}

    /** Reads an error; {@code status} is 200 for one inside a stream. */
    public static ApiError read(int status, Json.@Nullable Obj body) {
        Json error = body == null ? null : body.get("error");
        if (error instanceof Json.Str(String message)) {
            return of(status, message, "", "", null);
        }
        if (!(error instanceof Json.Obj object)) {
            String message = body != null && body.get("message") instanceof Json.Str(String text)
                    ? text
                    : "The model's server answered with status " + status + ".";
            return of(status, message, "", "", null);
        }
        String message = text(object.get("message"));
        return of(
                status,
                message.isEmpty() ? object.compact() : message,
                text(object.get("type")),
                text(object.get("code")),
                object.get("param") instanceof Json.Str(String param) ? param : null);
    }

    private static ApiError of(int status, String message, String type, String code, @Nullable String param) {
        ApiError.Kind kind = kind(status, type, code);
        return new ApiError(
                kind,
                status >= 400 ? status : kind.status(),
                message,
                param,
                code.isEmpty() ? null : code,
                kind == ApiError.Kind.QUOTA ? Boolean.FALSE : null,
                null);
    }

    private static ApiError.Kind kind(int status, String type, String code) {
        if (code.equals("insufficient_quota") || type.equals("insufficient_quota")) {
            return ApiError.Kind.QUOTA;
        }
        if (status >= 400) {
            return ApiError.Kind.of(status);
        }
        if (code.length() == 3 && code.chars().allMatch(c -> c >= '0' && c <= '9') && code.charAt(0) >= '4') {
            return ApiError.Kind.of(Integer.parseInt(code));
        }
        return switch (type) {
            case "invalid_request_error" -> ApiError.Kind.INVALID;
            case "authentication_error" -> ApiError.Kind.AUTHENTICATION;
            case "permission_error" -> ApiError.Kind.PERMISSION;
            case "not_found_error" -> ApiError.Kind.NOT_FOUND;
            case "rate_limit_error", "rate_limit_exceeded", "requests", "tokens" -> ApiError.Kind.RATE;
            case "overloaded_error" -> ApiError.Kind.OVERLOADED;
            default -> code.equals("rate_limit_exceeded") ? ApiError.Kind.RATE : ApiError.Kind.SERVER;
        };
    }

    private static String text(@Nullable Json value) {
        return switch (value) {
            case null -> "";
            case Json.Str(String text) -> text;
            case Json.Nil nil -> "";
            case Json other -> other.compact();
        };
    }

    /** Writes an error. Clients of OpenAI know no 529, which becomes 503. */
    public static ErrorReply write(ApiError error) {
        return ErrorReply.of(error, error.status() == 529 ? 503 : error.status(), body(error));
    }

    /** Returns the body, which is also the data of an event when a stream fails. */
    static Json.Obj body(ApiError error) {
        Members object = new Members().put("message", error.message()).put("type", type(error.kind()));
        object.put("param", Json.ofNullable(error.field())).put("code", Json.ofNullable(error.code()));
        return Json.object("error", object.build());
    }

    private static String type(ApiError.Kind kind) {
        return switch (kind) {
            case INVALID, NOT_FOUND, CONFLICT, TOO_LARGE, UNPROCESSABLE -> "invalid_request_error";
            case AUTHENTICATION -> "authentication_error";
            case PERMISSION -> "permission_error";
            case RATE -> "rate_limit_error";
            case BILLING, QUOTA -> "insufficient_quota";
            case SERVER, UNAVAILABLE, TIMEOUT, OVERLOADED -> "server_error";
        };
    }
}
