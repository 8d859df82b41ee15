package dev.rung.wire.form;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A failure as a server tells of it.
 *
 * @param kind what went wrong
 * @param status of HTTP, also when it came inside a stream whose status was 200
 * @param message for people
 * @param field the parameter at fault, or null
 * @param code the vendor's code, or null
 * @param mayRetry whether the server says that the same request may be tried again, or null when it does not say
 * @param retryAfter how long to wait, or null
 */
public record ApiError(
        Kind kind,
        int status,
        String message,
        @Nullable String field,
        @Nullable String code,
        @Nullable Boolean mayRetry,
        @Nullable Duration retryAfter) {
    /** What went wrong, and the status that tells of it. */
    public enum Kind {
        INVALID(400),
        AUTHENTICATION(401),
        BILLING(402),
        PERMISSION(403),
        NOT_FOUND(404),
        CONFLICT(409),
        TOO_LARGE(413),
        UNPROCESSABLE(422),
        RATE(429),
        /** Money or tokens are used up: to try again does not help. */
        QUOTA(429),
        SERVER(500),
        UNAVAILABLE(503),
        TIMEOUT(504),
        OVERLOADED(529);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }

        /** Returns the kind that a status stands for when nothing more is known. */
        public static Kind of(int status) {
            return switch (status) {
                case 401 -> AUTHENTICATION;
                case 402 -> BILLING;
                case 403 -> PERMISSION;
                case 404 -> NOT_FOUND;
                case 408, 504 -> TIMEOUT;
                case 409 -> CONFLICT;
                case 413 -> TOO_LARGE;
                case 422 -> UNPROCESSABLE;
                case 429 -> RATE;
                case 502, 503 -> UNAVAILABLE;
                case 529 -> OVERLOADED;
                default -> status >= 500 ? SERVER : INVALID;
            };
        }
    }

    /** Returns the failure with the usual status of its kind. */
    public static ApiError of(Kind kind, String message) {
        return new ApiError(kind, kind.status(), message, null, null, null, null);
    }

    /** Returns the 400 that names what cannot be translated. */
    public static ApiError of(Untranslatable lost) {
        return new ApiError(
                Kind.INVALID, 400, lost.field() + " " + lost.why(), lost.field(), "untranslatable", false, null);
    }

    /** Returns the 400 that names what cannot be read. */
    public static ApiError of(Malformed malformed) {
        return new ApiError(
                Kind.INVALID,
                400,
                String.valueOf(malformed.getMessage()),
                malformed.field(),
                "invalid_value",
                false,
                null);
    }

    /** Returns the failure of a stream that ended without its last event. */
    public static ApiError brokenOff() {
        return new ApiError(
                Kind.UNAVAILABLE,
                502,
                "The model's server ended the stream before the answer was complete.",
                null,
                "stream_incomplete",
                null,
                null);
    }
}
