package dev.rung.gateway.govern;

import dev.rung.core.json.Json;
import dev.rung.gateway.limits.Money;
import dev.rung.store.RequestRow;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the ledger as a part of a line of the log: everything but the bodies, and what the line has anyway. */
final class RowJson {
    private RowJson() {}

    static Json.Obj of(RequestRow row) {
        Long price = row.price();
        Long saved = row.cacheSaved();
        Json.Obj json = Json.object(
                        "trace", Json.ofNullable(row.trace()),
                        "key", Json.ofNullable(row.key()),
                        "team", Json.ofNullable(row.team()),
                        "user", Json.ofNullable(row.user()))
                .with("tags", Json.strings(split(row.tags())))
                .with("dialect", Json.of(row.dialect()))
                .with("operation", Json.of(row.operation()))
                .with("model", Json.of(row.model()))
                .with("target", Json.ofNullable(row.target()))
                .with("upstream", Json.ofNullable(row.upstream()))
                .with("tried", Json.strings(split(row.tried())))
                .with("retries", Json.of(Math.max(0, row.attempts() - 1)))
                .with("streamed", Json.of(row.streamed()))
                .with("ending", Json.of(row.ending()));
        Boolean abstained = row.abstained();
        if (abstained != null) {
            json = json.with("abstained", Json.of(abstained));
        }
        return json.with("first_byte_ms", millis(row.firstByteMicros()))
                .with("input_tokens", number(row.inputTokens()))
                .with("cached_tokens", number(row.cachedTokens()))
                .with("written_tokens", number(row.writtenTokens()))
                .with("output_tokens", number(row.outputTokens()))
                .with("reasoning_tokens", number(row.reasoningTokens()))
                .with(
                        "price_usd",
                        price == null
                                ? Json.of("unknown")
                                : Json.of(Money.usd(price).amount()))
                .with("price_note", Json.ofNullable(row.priceNote()))
                .with("cache", Json.ofNullable(row.cache()))
                .with(
                        "cache_saved_usd",
                        saved == null ? Json.Nil.NULL : Json.of(Money.usd(saved).amount()));
    }

    private static List<String> split(@Nullable String list) {
        return list == null ? List.of() : List.of(list.split(","));
    }

    private static Json number(@Nullable Long value) {
        return value == null ? Json.Nil.NULL : Json.of(value);
    }

    private static Json millis(@Nullable Long micros) {
        return micros == null ? Json.Nil.NULL : Json.of(BigDecimal.valueOf(micros, 3));
    }
}
