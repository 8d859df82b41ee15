package dev.rung.gateway.relay;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Pricing;
import dev.rung.core.json.Json;
import dev.rung.core.model.ChatAnswer;
import dev.rung.core.model.Usage;
import dev.rung.gateway.local.Words;
import dev.rung.gateway.policy.Settlement;
import dev.rung.wire.form.Asked;
import dev.rung.wire.form.Codec;
import dev.rung.wire.form.StreamEvent;
import dev.rung.wire.form.StreamWriter;
import dev.rung.wire.form.Written;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * How an answer of a model in this process is written and paid.
 *
 * @param callers the dialect in which it is written
 * @param id of the answer
 * @param now when the call arrived
 */
record LocalAnswer(Codec callers, Asked asked, String id, Pricing pricing, Instant now) {
    /** Returns the whole answer as the caller is to see it. */
    byte[] whole(ChatAnswer answer) {
        Written written = callers.writeReply(
                Words.reply(answer, id, asked.model(), now.getEpochSecond(), callers.dialect()), asked);
        return written.body().compact().getBytes(StandardCharsets.UTF_8);
    }

    StreamWriter stream() {
        return callers.streamWriter(asked);
    }

    List<StreamEvent> begin() {
        return Words.begin(id, asked.model(), now.getEpochSecond());
    }

    Settlement.Use used(ChatAnswer answer) {
        return used(pricing, answer.usage(), answer.time(), now);
    }

    /** Returns what so much use cost; prices by the token count as in chat completions. */
    static Settlement.Use used(Pricing pricing, Usage usage, Duration busy, Instant now) {
        Json.Obj record = Json.object(
                "prompt_tokens", Json.of(usage.inputTokens()),
                "completion_tokens", Json.of(usage.outputTokens()),
                "prompt_tokens_details", Json.object("cached_tokens", Json.of(usage.cachedInputTokens())));
        Price price = pricing.price(record, busy, now.atOffset(ZoneOffset.UTC).toLocalDate());
        return new Settlement.Use.Priced(usage, price, false);
    }
}
