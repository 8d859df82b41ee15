package dev.rung.gateway.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not answered, before any dialect shapes it.
 *
 * @param status of HTTP, from 400
 * @param code stable, for programs
 * @param message for people; says what was found, what was expected and what to do, and nothing of the server's insides
 * @param parameter the field of the request that is at fault, or null
 * @param headers that the status calls for, such as {@code Retry-After}
 */
public record Refusal(
        int status, String code, String message, @Nullable String parameter, Map<String, String> headers) {
    public Refusal {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("not an error: " + status);
        }
        headers = Map.copyOf(headers);
    }

    public static Refusal of(int status, String code, String message) {
        return new Refusal(status, code, message, null, Map.of());
    }

    /** Returns a refusal that passes, with the seconds after which to try again. */
    public static Refusal retryable(int status, String code, String message, int seconds) {
        return new Refusal(status, code, message, null, Map.of("retry-after", Integer.toString(seconds)));
    }
}
