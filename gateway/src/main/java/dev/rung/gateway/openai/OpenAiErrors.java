package dev.rung.gateway.openai;

import dev.rung.core.json.Json;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Reply;
import dev.rung.gateway.log.Answered;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes refusals as OpenAI does: an object {@code error} with message, type, param and code. */
public final class OpenAiErrors {
    private OpenAiErrors() {}

    /** Returns the reply that tells of {@code refusal}. */
    public static Reply.Whole reply(Refusal refusal) {
        return reply(refusal, Map.of(), null);
    }

    static Reply.Whole reply(Refusal refusal, Map<String, String> headers, @Nullable Answered answered) {
        Json.Obj error = Json.object(
                "message", Json.of(refusal.message()),
                "type", Json.of(type(refusal.status())),
                "param", Json.ofNullable(refusal.parameter()),
                "code", Json.of(refusal.code()));
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(refusal.headers());
        return new Reply.Whole(
                refusal.status(), all, Json.object("error", error).compact(), answered, refusal.code());
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }
}
