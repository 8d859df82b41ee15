package dev.rung.gateway.openai;

import static java.util.Map.entry;

import dev.rung.core.json.Json;
import dev.rung.core.model.Usage;
import dev.rung.core.rung.Answer;
import java.nio.charset.StandardCharsets;

/**
 * The usage that a reply tells.
 *
 * <p>A part of a release that has no tokens, such as a student of n-grams, counts none. Callers who divide by tokens, or take 0 for a fault, are told an estimate then: one
 * token for every four bytes of UTF-8, a common rule for English prose. It is for the reply alone: nothing is priced or limited by it.
 *
 * @param estimated whether the counts are an estimate
 */
record ReplyUsage(long input, long cached, long output, boolean estimated) {
    private static final int BYTES_PER_TOKEN = 4;

    static ReplyUsage of(String question, Answer answer) {
        Usage usage = answer.usage();
        return usage.inputTokens() == 0 && usage.outputTokens() == 0
                ? new ReplyUsage(estimate(question), 0, estimate(answer.output().text()), true)
                : new ReplyUsage(usage.inputTokens(), usage.cachedInputTokens(), usage.outputTokens(), false);
    }

    private static long estimate(String text) {
        return Math.ceilDiv(text.getBytes(StandardCharsets.UTF_8).length, BYTES_PER_TOKEN);
    }

    Json.Obj json() {
        return Wire.object(
                entry("prompt_tokens", Json.of(input)),
                entry("completion_tokens", Json.of(output)),
                entry("total_tokens", Json.of(input + output)),
                entry("prompt_tokens_details", Json.object("cached_tokens", Json.of(cached))));
    }
}
