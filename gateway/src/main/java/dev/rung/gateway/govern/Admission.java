package dev.rung.gateway.govern;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.economics.book.Counts;
import dev.rung.core.json.Json;
import dev.rung.core.model.Usage;
import dev.rung.gateway.cache.ResponseCache;
import dev.rung.gateway.keys.Caller;
import dev.rung.gateway.limits.Money;
import dev.rung.gateway.limits.Reservation;
import dev.rung.gateway.limits.Rules;
import dev.rung.gateway.observe.TraceContext;
import dev.rung.gateway.policy.Grant;
import dev.rung.gateway.policy.KeptReply;
import dev.rung.gateway.policy.PriceText;
import dev.rung.gateway.policy.Proposal;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.policy.Target;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One admitted call: what is reserved for it, and what becomes of that; for one thread at a time. */
final class Admission implements Grant {
    private final Governance governance;
    private final Proposal proposal;
    private final Caller caller;
    private final Terms terms;
    private final Estimate estimate;
    private final long money;
    private final @Nullable Reservation reservation;
    private final ResponseCache.@Nullable Lookup cache;
    private final @Nullable TraceContext trace;

    Admission(
            Governance governance,
            Proposal proposal,
            Caller caller,
            Terms terms,
            Estimate estimate,
            long money,
            @Nullable Reservation reservation,
            ResponseCache.@Nullable Lookup cache,
            @Nullable TraceContext trace) {
        this.governance = governance;
        this.proposal = proposal;
        this.caller = caller;
        this.terms = terms;
        this.estimate = estimate;
        this.money = money;
        this.reservation = reservation;
        this.cache = cache;
        this.trace = trace;
        governance.began(this);
    }

    @Override
    public @Nullable String objection(Target target) {
        return governance.objection(
                target,
                terms,
                estimate,
                proposal.operation(),
                proposal.arrival().received());
    }

    @Override
    public @Nullable KeptReply kept() {
        return cache == null ? null : cache.find();
    }

    @Override
    public @Nullable String traceparent() {
        return trace == null ? null : trace.traceparent();
    }

    @Override
    public String tenant() {
        return Governance.tenant(caller);
    }

    @Override
    public boolean wantsReply() {
        return terms.content() != Rules.Content.NONE || (cache != null && cache.wanted());
    }

    @Override
    public Map<String, String> settle(Settlement settlement) {
        TargetPrices.Used used = used(settlement);
        Target target = settlement.target();
        if (reservation != null) {
            // Where nobody knows what it cost, it cost what was reserved for it.
            long price = used.price() instanceof Price.Known(Usd amount) ? Money.of(amount) : money;
            long tokens = used.counts() == null && settlement.use() instanceof Settlement.Use.Reported
                    ? estimate.total()
                    : TargetPrices.tokens(used.counts());
            reservation.settle(tokens, price);
        }
        String state = cache == null ? null : cache.state();
        over(settlement, used, state);
        if (target == null || target.isRelease()) {
            return state == null ? Map.of() : Map.of("x-rung-cache", state);
        }
        String price = PriceText.of(used.price());
        return state == null
                ? Map.of("x-rung-price-usd", price)
                : Map.of("x-rung-price-usd", price, "x-rung-cache", state);
    }

    private void over(Settlement settlement, TargetPrices.Used used, @Nullable String state) {
        if (cache != null) {
            cache.end(
                    settlement.status(),
                    settlement.end() == Settlement.End.COMPLETE,
                    settlement.reply(),
                    settlement.contentType());
        }
        governance.ended(
                this, proposal, Rows.ended(proposal, caller, trace, settlement, used, terms.content(), state), trace);
    }

    boolean isStream() {
        return proposal.streamed();
    }

    /** Returns what an administrator may see of a call under way. */
    Json.Obj shown() {
        return Json.object(
                        "request", Json.of(proposal.arrival().id()),
                        "key", Json.ofNullable(caller.key()),
                        "model", Json.of(proposal.model()),
                        "operation", Json.of(proposal.operation().name().toLowerCase(Locale.ROOT)))
                .with("streamed", Json.of(proposal.streamed()))
                .with("age_ms", Json.of(proposal.arrival().age().toMillis()))
                .with("reserved_usd", Json.of(Money.usd(money).amount()))
                .with("reserved_tokens", Json.of(estimate.total()));
    }

    @Override
    public void release(Settlement settlement) {
        if (reservation != null) {
            reservation.release();
        }
        over(settlement, NOTHING, cache == null ? null : cache.state());
    }

    private static final TargetPrices.Used NOTHING =
            new TargetPrices.Used(Counts.NONE, new Price.Known(Usd.ZERO), false);

    private TargetPrices.Used used(Settlement settlement) {
        Target target = settlement.target();
        return switch (settlement.use()) {
            case Settlement.Use.Nothing nothing -> NOTHING;
            case Settlement.Use.Priced(Usage usage, Price price, boolean abstained) -> {
                if (target != null) {
                    governance.prices().learn(target, price);
                }
                yield new TargetPrices.Used(counts(usage), price, false);
            }
            case Settlement.Use.Reported reported ->
                target == null
                        ? NOTHING
                        : governance
                                .prices()
                                .used(
                                        target,
                                        reported,
                                        estimated(),
                                        proposal.arrival().received(),
                                        settlement.total());
        };
    }

    // Where nothing was limited nothing was estimated; it is only needed for answers that were cut off.
    private Estimate estimated() {
        return estimate.total() == 0 ? Estimate.of(proposal.body().array(), proposal.operation(), 0) : estimate;
    }

    private static Counts counts(Usage usage) {
        return Rows.counts(usage);
    }
}
