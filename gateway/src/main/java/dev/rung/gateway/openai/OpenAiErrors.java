package dev.rung.gateway.openai;

import dev.rung.gateway.errors.DialectErrors;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Reply;
import dev.rung.gateway.log.Answered;
import dev.rung.gateway.policy.Dialect;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes refusals as OpenAI does: an object {@code error} with message, type, param and code. */
final class OpenAiErrors {
    private OpenAiErrors() {}

    /** Returns the reply that tells of {@code refusal} after a release was asked. */
    static Reply.Whole reply(Refusal refusal, Map<String, String> headers, @Nullable Answered answered) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(refusal.headers());
        return new Reply.Whole(
                refusal.status(),
                all,
                DialectErrors.body(Dialect.OPENAI, refusal).compact(),
                answered,
                refusal.code());
    }
}
