package dev.rung.gateway.errors;

import dev.rung.gateway.http.RequestHeaders;
import dev.rung.gateway.policy.Dialect;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells which vendor's client is asking.
 *
 * <p>Most paths belong to one vendor. Lists of models are under the same path at all of them, so that the header fields decide that only one vendor's clients send.
 */
public final class CallerDialect {
    private static final Pattern GOOGLE_METHOD = Pattern.compile(":[a-zA-Z]+$");
    private static final String MODELS = "/v1/models";

    private CallerDialect() {}

    /** Returns the dialect; OpenAI's where nothing tells of another. */
    public static Dialect of(String path, String query, RequestHeaders headers) {
        if (path.startsWith("/v1/messages")) {
            return Dialect.ANTHROPIC;
        }
        if (path.startsWith("/v1beta/")) {
            return Dialect.GEMINI;
        }
        if (path.equals(MODELS)) {
            return byHead(query, headers);
        }
        if (path.startsWith(MODELS + "/")) {
            return GOOGLE_METHOD.matcher(path).find() && headers.first("anthropic-version") == null
                    ? Dialect.GEMINI
                    : byHead(query, headers);
        }
        return Dialect.OPENAI;
    }

    private static Dialect byHead(String query, RequestHeaders headers) {
        if (headers.first("anthropic-version") != null) {
            return Dialect.ANTHROPIC;
        }
        if (headers.first("x-goog-api-key") != null
                || headers.first("x-goog-api-client") != null
                || List.of(query.split("&")).stream().anyMatch(each -> each.startsWith("key="))) {
            return Dialect.GEMINI;
        }
        return headers.first("x-api-key") != null && headers.first("authorization") == null
                ? Dialect.ANTHROPIC
                : Dialect.OPENAI;
    }
}
