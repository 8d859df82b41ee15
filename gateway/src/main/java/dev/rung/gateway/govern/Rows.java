package dev.rung.gateway.govern;

import dev.rung.core.Sha256;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.economics.book.BillingUnit;
import dev.rung.core.economics.book.Counts;
import dev.rung.core.model.Usage;
import dev.rung.gateway.http.Bytes;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.keys.Caller;
import dev.rung.gateway.limits.Money;
import dev.rung.gateway.limits.Rules;
import dev.rung.gateway.observe.TraceContext;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Operation;
import dev.rung.gateway.policy.Proposal;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.policy.Target;
import dev.rung.store.RequestRow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes rows of the ledger. */
final class Rows {
    private static final int LONGEST_NAME = 200;

    private Rows() {}

    /** Returns the row of a call that was not admitted; without content, whatever the policy says. */
    static RequestRow refused(
            Proposal proposal, @Nullable Caller caller, @Nullable TraceContext trace, Refusal refusal) {
        Caller known = caller == null ? Caller.ANYBODY : caller;
        return new RequestRow(
                proposal.arrival().received().toEpochMilli(),
                proposal.arrival().id(),
                trace == null ? proposal.arrival().trace() : trace.trace(),
                known.key(),
                known.team(),
                known.user(),
                tags(known.tags()),
                dialect(proposal.dialect()),
                operation(proposal.operation()),
                cut(proposal.model()),
                null,
                null,
                null,
                0,
                proposal.streamed(),
                refusal.status(),
                refusal.code(),
                "refused",
                null,
                0L,
                null,
                null,
                0L,
                null,
                0L,
                null,
                null,
                null,
                null,
                micros(proposal.arrival().age()),
                null,
                null);
    }

    /** Returns the row of a call that was admitted and has ended. */
    static RequestRow ended(
            Proposal proposal,
            Caller caller,
            @Nullable TraceContext trace,
            Settlement settlement,
            TargetPrices.Used used,
            Rules.Content content,
            @Nullable String cache) {
        Target target = settlement.target();
        Counts counts = used.counts();
        Price price = used.price();
        return new RequestRow(
                proposal.arrival().received().toEpochMilli(),
                proposal.arrival().id(),
                trace == null ? proposal.arrival().trace() : trace.trace(),
                caller.key(),
                caller.team(),
                caller.user(),
                tags(caller.tags()),
                dialect(proposal.dialect()),
                operation(proposal.operation()),
                cut(proposal.model()),
                target == null ? null : target.name(),
                target == null ? null : target.upstream(),
                settlement.tried().isEmpty() ? null : String.join(",", settlement.tried()),
                settlement.tried().size(),
                proposal.streamed(),
                settlement.status(),
                settlement.error(),
                ending(settlement.end()),
                abstained(settlement),
                count(counts, BillingUnit.INPUT_TOKENS),
                count(counts, BillingUnit.CACHE_READ_TOKENS),
                count(counts, BillingUnit.CACHE_WRITE_TOKENS),
                count(counts, BillingUnit.OUTPUT_TOKENS),
                count(counts, BillingUnit.OUTPUT_REASONING_TOKENS),
                price instanceof Price.Known(Usd amount) ? Money.of(amount) : null,
                price instanceof Price.Unknown(String why) ? why : used.estimated() ? "estimated" : null,
                cache,
                used.cacheSaved(),
                settlement.firstByte() == null ? null : micros(settlement.firstByte()),
                micros(settlement.total()),
                kept(proposal.body(), content),
                settlement.reply() == null ? null : kept(settlement.reply(), content));
    }

    private static @Nullable Boolean abstained(Settlement settlement) {
        Target target = settlement.target();
        if (target == null || !target.isRelease()) {
            return null;
        }
        return settlement.use() instanceof Settlement.Use.Priced answered ? answered.abstained() : null;
    }

    /** Returns the counts of what a release used. */
    static Counts counts(Usage usage) {
        Map<BillingUnit, BigDecimal> counts = new EnumMap<>(BillingUnit.class);
        counts.put(BillingUnit.INPUT_TOKENS, BigDecimal.valueOf(usage.inputTokens()));
        counts.put(BillingUnit.OUTPUT_TOKENS, BigDecimal.valueOf(usage.outputTokens()));
        if (usage.cachedInputTokens() > 0) {
            counts.put(BillingUnit.CACHE_READ_TOKENS, BigDecimal.valueOf(usage.cachedInputTokens()));
        }
        return new Counts(counts);
    }

    private static byte @Nullable [] kept(Bytes bytes, Rules.Content content) {
        return switch (content) {
            case NONE -> null;
            case HASHED -> Sha256.of(bytes.array()).hex().getBytes(StandardCharsets.US_ASCII);
            case REDACTED ->
                Redaction.of(new String(bytes.array(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
            case FULL -> bytes.array();
        };
    }

    private static @Nullable Long count(@Nullable Counts counts, BillingUnit unit) {
        BigDecimal count = counts == null ? null : counts.of(unit);
        return count == null ? null : count.longValue();
    }

    private static @Nullable String tags(List<String> tags) {
        return tags.isEmpty() ? null : String.join(",", tags);
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    private static String dialect(Dialect dialect) {
        return switch (dialect) {
            case OPENAI -> "openai";
            case RESPONSES -> "responses";
            case ANTHROPIC -> "anthropic";
            case GEMINI -> "gemini";
        };
    }

    private static String operation(Operation operation) {
        return switch (operation) {
            case GENERATE -> "generate";
            case EMBED -> "embed";
            case COUNT_TOKENS -> "count_tokens";
        };
    }

    private static String ending(Settlement.End end) {
        return switch (end) {
            case COMPLETE -> "complete";
            case BROKEN_OFF -> "broken_off";
            case CALLER_GONE -> "caller_gone";
            case FAILED -> "failed";
        };
    }
}
