package dev.rung.gateway.govern;

import dev.rung.core.RungException;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.gateway.cache.ResponseCache;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.http.Route;
import dev.rung.gateway.keys.Caller;
import dev.rung.gateway.keys.Keyring;
import dev.rung.gateway.ledger.RequestWriter;
import dev.rung.gateway.limits.Money;
import dev.rung.gateway.limits.Reservation;
import dev.rung.gateway.limits.Scopes;
import dev.rung.gateway.observe.Metrics;
import dev.rung.gateway.observe.Spans;
import dev.rung.gateway.observe.TraceContext;
import dev.rung.gateway.policy.Governor;
import dev.rung.gateway.policy.Grant;
import dev.rung.gateway.policy.Operation;
import dev.rung.gateway.policy.Proposal;
import dev.rung.gateway.policy.Target;
import dev.rung.store.RequestRow;
import dev.rung.store.SpendFile;
import dev.rung.store.Traffic;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The governor of a gateway: keys, rules, budgets, rates, prices and the ledger of requests; thread-safe.
 *
 * <p>All that a call needs is in memory. Keys and rules that another process changes are seen within a second. A call reserves an estimate in every budget
 * that it falls under, and when it ends settles what it used.
 */
public final class Governance implements Governor, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Governance.class.getName());
    private static final Duration LOOK = Duration.ofMillis(400);
    private static final Duration SWEEP = Duration.ofMinutes(10);
    private static final Map<String, String> NO_RETRY = Map.of("x-should-retry", "false");

    private final Traffic traffic;
    private final SpendFile spend;
    private final GovernanceConfig config;
    private final TargetPrices prices;
    private final RequestWriter writer;
    private final ResponseCache cache;
    private final Metrics metrics;
    private final @Nullable Spans spans;
    private final Map<String, Supplier<Json>> parts = new ConcurrentSkipListMap<>();
    private final Set<Admission> underWay = ConcurrentHashMap.newKeySet();
    private final Thread keeper;
    private volatile State state;
    private volatile boolean closed;

    /** Keys and rules as they were at one count of changes, with what follows for each caller. */
    private record State(long changes, Keyring keys, Scopes scopes, Map<Caller, Terms> terms) {
        Terms terms(Caller caller) {
            Terms found = terms.get(caller);
            return found != null ? found : terms.computeIfAbsent(caller, each -> Terms.of(scopes.of(each)));
        }
    }

    private Governance(Traffic traffic, SpendFile spend, GovernanceConfig config, TargetPrices prices) {
        this.traffic = traffic;
        this.spend = spend;
        this.config = config;
        this.prices = prices;
        this.state = read(null);
        this.writer = new RequestWriter(traffic.requests(), config.durability());
        this.cache = new ResponseCache(traffic.replies());
        this.metrics = new Metrics(config.names());
        this.spans = config.spans();
        metrics.gauge("rung_requests_under_way", "Calls that were admitted and have not ended.", underWay::size);
        metrics.gauge("rung_ledger_rows_waiting", "Rows that wait to be written.", writer::waiting);
        metrics.counter("rung_ledger_rows_dropped_total", "Rows that were dropped for want of room.", writer::dropped);
        metrics.counter("rung_cache_hits_total", "Replies that were given again.", cache::hits);
        metrics.counter("rung_cache_misses_total", "Calls for which the cache had no reply.", cache::misses);
        if (spans != null) {
            metrics.counter("rung_spans_dropped_total", "Spans that the collector did not take.", spans::dropped);
        }
        this.keeper = Thread.ofVirtual().name("governance").start(this::keep);
        for (SpendFile.Unsettled left : spend.unsettled()) {
            LOG.log(
                    Level.WARNING,
                    "counted as spent in {0}: {1}, which was reserved by calls under way when the server before this one died",
                    left.name(),
                    left.amount());
        }
    }

    /**
     * Opens the governance of a state folder.
     *
     * @throws RungException.Unavailable when another server governs with this folder, or it cannot be used
     */
    public static Governance open(Path folder, GovernanceConfig config, TargetPrices prices) {
        Traffic traffic = Traffic.open(folder);
        SpendFile spend = null;
        try {
            spend = SpendFile.open(folder);
            return new Governance(traffic, spend, config, prices);
        } catch (RuntimeException e) {
            if (spend != null) {
                spend.close();
            }
            traffic.close();
            throw e;
        }
    }

    private State read(@Nullable State before) {
        long changes = traffic.keys().changes();
        return new State(
                changes,
                new Keyring(traffic.keys().all()),
                Scopes.of(traffic.keys().rules(), spend, traffic.requests(), before == null ? null : before.scopes()),
                new ConcurrentHashMap<>());
    }

    private void keep() {
        Instant swept = Instant.now();
        while (!closed) {
            try {
                Thread.sleep(LOOK);
                if (traffic.keys().changes() != state.changes()) {
                    state = read(state);
                }
                spend.force();
                if (Duration.between(swept, Instant.now()).compareTo(SWEEP) > 0) {
                    swept = Instant.now();
                    cache.sweep(swept);
                }
            } catch (InterruptedException e) {
                return; // closed
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "cannot read the keys and rules again; those that were read last hold", e);
            }
        }
    }

    /** Returns whose key {@code credential} is; none that is taken is a {@link Refused}. */
    public Caller caller(@Nullable String credential) {
        return state.keys().caller(credential, Instant.now());
    }

    @Override
    public Grant admit(Proposal proposal) {
        Caller caller = null;
        try {
            caller = caller(proposal.credential());
            return admit(proposal, caller, state.terms(caller));
        } catch (Refused refused) {
            TraceContext trace = begun(proposal);
            tell(proposal, Rows.refused(proposal, caller, trace, refused.refusal()), trace);
            throw refused;
        }
    }

    private Grant admit(Proposal proposal, Caller caller, Terms terms) {
        if (!terms.allows(proposal.model())) {
            throw new Refused(new Refusal(
                    403,
                    "model_not_allowed",
                    "The key may not ask for the model " + proposal.model() + ".",
                    null,
                    NO_RETRY));
        }
        Instant now = proposal.arrival().received();
        Estimate estimate = terms.counted()
                ? Estimate.of(proposal.body().array(), proposal.operation(), config.unboundedOutput())
                : Estimate.NOTHING;
        long money = 0;
        String objection = null;
        boolean some = proposal.targets().isEmpty();
        for (Target target : proposal.targets()) {
            String against = objection(target, terms, estimate, proposal.operation(), now);
            if (against == null) {
                some = true;
                money = terms.priced() ? Math.max(money, money(target, estimate, proposal.operation(), now)) : 0;
            } else if (objection == null) {
                objection = against;
            }
        }
        if (!some) {
            throw new Refused(new Refusal(403, "forbidden_by_policy", String.valueOf(objection), null, NO_RETRY));
        }
        Reservation reservation = terms.scopes().isEmpty()
                ? null
                : Reservation.take(terms.scopes(), estimate.total(), money, now.getEpochSecond(), System.nanoTime());
        ResponseCache.Lookup lookup =
                replayable(proposal, terms) ? cache.lookup(proposal, tenant(caller), terms.cache()) : null;
        return new Admission(this, proposal, caller, terms, estimate, money, reservation, lookup, begun(proposal));
    }

    // A release is here and cheap, and answers by itself: its answers are not kept.
    private static boolean replayable(Proposal proposal, Terms terms) {
        return !terms.cache().isZero()
                && proposal.operation() != Operation.COUNT_TOKENS
                && proposal.targets().stream().noneMatch(Target::isRelease);
    }

    // Replies are shared within a team, and never between teams.
    static String tenant(Caller caller) {
        return caller.team() != null ? "team:" + caller.team() : caller.key() != null ? "key:" + caller.key() : "";
    }

    private @Nullable TraceContext begun(Proposal proposal) {
        return spans == null ? null : spans.begin(proposal.headers().first("traceparent"));
    }

    void began(Admission call) {
        underWay.add(call);
    }

    void ended(Admission call, Proposal proposal, RequestRow row, @Nullable TraceContext trace) {
        underWay.remove(call);
        tell(proposal, row, trace);
    }

    private void tell(Proposal proposal, RequestRow row, @Nullable TraceContext trace) {
        proposal.arrival().notes().details(() -> RowJson.of(row));
        metrics.add(row);
        if (spans != null && trace != null) {
            spans.end(trace, row);
        }
        writer.add(row);
    }

    @Override
    public List<Route> routes() {
        return GovernanceRoutes.of(this);
    }

    /** Returns the metrics in Prometheus's text format. */
    public String metrics() {
        return metrics.text();
    }

    /** Adds to {@link #debug} what {@code part} returns, under {@code name}. */
    public void show(String name, Supplier<Json> part) {
        parts.put(name, part);
    }

    /** Adds a number to the metrics; before the first request. */
    public void gauge(String name, String help, LongSupplier value) {
        metrics.gauge(name, help, value);
    }

    /** Returns what is going on, for an administrator: calls under way, limits and how much of them is used, queues, and what others {@link #show}. */
    public Json.Obj debug() {
        State now = state;
        Json.Obj all = Json.object(
                        "under_way",
                                Json.array(
                                        underWay.stream().map(Admission::shown).toList()),
                        "limits", now.scopes().json(Instant.now().getEpochSecond()),
                        "keys_needed", Json.of(now.keys().locked()))
                .with("ledger_rows_waiting", Json.of(writer.waiting()))
                .with("ledger_rows_dropped", Json.of(writer.dropped()))
                .with("cache_hits", Json.of(cache.hits()))
                .with("cache_misses", Json.of(cache.misses()))
                .with(
                        "open_streams",
                        Json.of(underWay.stream().filter(Admission::isStream).count()))
                .with("spans_dropped", Json.of(spans == null ? 0 : spans.dropped()));
        for (Map.Entry<String, Supplier<Json>> part : parts.entrySet()) {
            all = all.with(part.getKey(), part.getValue().get());
        }
        return all;
    }

    /** Returns why a call may not go to {@code target}, or null. */
    @Nullable
    String objection(Target target, Terms terms, Estimate estimate, Operation operation, Instant at) {
        if (!terms.data().permits(target.place())) {
            return "Data under this key may go to %s only, and %s runs %s."
                    .formatted(Words.place(terms.data()), target.name(), Words.where(target.place()));
        }
        if (!terms.priced() || operation == Operation.COUNT_TOKENS) {
            return null;
        }
        return switch (prices.expected(target, estimate, at)) {
            case Price.Unknown(String why) ->
                "Money is limited for this key, and %s. Import prices with rung prices import.".formatted(why);
            case Price.Known(Usd amount) -> {
                Usd most = terms.maxPrice();
                yield most == null || amount.compareTo(most) <= 0
                        ? null
                        : "The call may cost up to $%s at %s, and a call of this key may cost $%s."
                                .formatted(
                                        amount.amount().toPlainString(),
                                        target.name(),
                                        most.amount().toPlainString());
            }
        };
    }

    private long money(Target target, Estimate estimate, Operation operation, Instant at) {
        return operation != Operation.COUNT_TOKENS
                        && prices.expected(target, estimate, at) instanceof Price.Known(Usd amount)
                ? Money.of(amount)
                : 0;
    }

    TargetPrices prices() {
        return prices;
    }

    RequestWriter writer() {
        return writer;
    }

    /** Ends; what waits to be written is written. Calls under way must have ended. */
    @Override
    public void close() {
        closed = true;
        keeper.interrupt();
        writer.close();
        cache.close();
        if (spans != null) {
            spans.close();
        }
        spend.close();
        traffic.close();
    }
}
