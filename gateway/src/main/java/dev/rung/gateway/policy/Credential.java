package dev.rung.gateway.policy;

import dev.rung.gateway.http.RequestHeaders;
import org.jspecify.annotations.Nullable;

/** Finds the caller's key in a request, wherever one of the dialects has it. */
public final class Credential {
    private static final String BEARER = "Bearer ";

    private Credential() {}

    /** Returns the key from {@code x-api-key}, {@code x-goog-api-key} or {@code Authorization: Bearer}, in this order; null without one. */
    public static @Nullable String of(RequestHeaders headers) {
        String key = headers.first("x-api-key");
        if (key == null) {
            key = headers.first("x-goog-api-key");
        }
        if (key == null) {
            String authorization = headers.first("authorization");
            if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                key = authorization.substring(BEARER.length());
            }
        }
        return key == null || key.isBlank() ? null : key.strip();
    }
}
