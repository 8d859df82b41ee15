package dev.rung.gateway.policy;

import dev.rung.gateway.http.RequestHeaders;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds the caller's key in a request, wherever one of the dialects has it. */
public final class Credential {
    private static final String BEARER = "Bearer ";
    private static final String PARAMETER = "key=";

    private Credential() {}

    /**
     * Returns the key from {@code x-api-key}, {@code x-goog-api-key}, {@code Authorization: Bearer} or {@code key=} in the query, in this order; null without
     * one.
     */
    public static @Nullable String of(RequestHeaders headers, String query) {
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
        if (key == null && !query.isEmpty()) {
            key = inQuery(query);
        }
        return key == null || key.isBlank() ? null : key.strip();
    }

    private static @Nullable String inQuery(String query) {
        for (String parameter : query.split("&")) {
            if (parameter.startsWith(PARAMETER)) {
                try {
                    return URLDecoder.decode(parameter.substring(PARAMETER.length()), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    return null; // no key has such an escape
                }
            }
        }
        return null;
    }
}
