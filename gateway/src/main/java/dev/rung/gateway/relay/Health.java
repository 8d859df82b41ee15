package dev.rung.gateway.relay;

import dev.rung.core.json.Json;
import dev.rung.models.egress.RetryBudget;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is known of a deployment's state: calls under way, how fast it answers, what it fails at; thread-safe, and kept over reloads of the configuration.
 *
 * <p>Speed is a peak-sensitive moving average of the time to the first byte (as in Finagle's peak EWMA balancer): a slower answer counts at once, a faster one by how long ago
 * the last was.
 */
final class Health {
    private static final double DECAY_NANOS = 10e9;

    private final Map<Trouble, Breaker> breakers = new EnumMap<>(Trouble.class);
    private final AtomicInteger underWay = new AtomicInteger();
    private final RetryBudget retries = new RetryBudget();
    // Two threads may overwrite each other's figure: it is an estimate.
    private volatile double nanos;
    private volatile long measured = System.nanoTime();

    Health() {
        for (Trouble trouble : Trouble.values()) {
            breakers.put(trouble, new Breaker());
        }
    }

    /** Returns for how many nanoseconds no call should be made; 0 for none. */
    long restLeft(long now) {
        long longest = 0;
        for (Breaker breaker : breakers.values()) {
            longest = Math.max(longest, breaker.restLeft(now));
        }
        return longest;
    }

    /** Lets a call through every breaker, or not; one that was let in ends by {@link #left}, exactly once. */
    Breaker.Pass enter(long now) {
        boolean trial = false;
        for (Breaker breaker : breakers.values()) {
            switch (breaker.enter(now)) {
                case NO -> {
                    if (trial) {
                        breakers.values().forEach(Breaker::tried);
                    }
                    return Breaker.Pass.NO;
                }
                case YES -> {}
                case TRIAL -> trial = true;
            }
        }
        underWay.incrementAndGet();
        return trial ? Breaker.Pass.TRIAL : Breaker.Pass.YES;
    }

    /** Notes that the call has begun to answer, after {@code took} nanoseconds. */
    void answered(long now, long took) {
        breakers.values().forEach(Breaker::succeeded);
        retries.succeeded();
        double before = nanos;
        double weight = StrictMath.exp(-Math.max(0, now - measured) / DECAY_NANOS);
        nanos = took > before ? took : before * weight + took * (1 - weight);
        measured = now;
    }

    /** Notes the failure of the call; see {@link Breaker#failed}. */
    void failed(Trouble trouble, long now, long floor) {
        breaker(trouble).failed(now, floor);
    }

    /** Ends a call that was let in by {@code pass}. */
    void left(Breaker.Pass pass) {
        underWay.decrementAndGet();
        if (pass == Breaker.Pass.TRIAL) {
            breakers.values().forEach(Breaker::tried);
        }
    }

    /** Returns what a further call would cost, for comparison: the calls under way, weighted by how long one takes. */
    double load() {
        return (underWay.get() + 1) * Math.max(nanos, 1_000);
    }

    /** Takes a retry from the budget, if there is one left. */
    boolean mayRetry() {
        return retries.take();
    }

    /** Returns what an administrator may see; of the breakers, those that are not closed or have failures in a row. */
    Json.Obj shown(long now) {
        Json.Obj notable = Json.object();
        for (Map.Entry<Trouble, Breaker> each : breakers.entrySet()) {
            Breaker breaker = each.getValue();
            String state = breaker.state(now);
            if (!state.equals("closed") || breaker.failures() > 0) {
                notable = notable.with(
                        each.getKey().name().toLowerCase(Locale.ROOT),
                        Json.object("state", Json.of(state), "failures", Json.of(breaker.failures()))
                                .with("rest_ms", Json.of(breaker.restLeft(now) / 1_000_000)));
            }
        }
        return Json.object("under_way", Json.of(underWay.get()))
                .with("first_byte_ms", Json.of(BigDecimal.valueOf((long) (nanos / 1_000), 3)))
                .with("breakers", notable);
    }

    int underWay() {
        return underWay.get();
    }

    Breaker breaker(Trouble trouble) {
        Breaker breaker = breakers.get(trouble);
        if (breaker == null) {
            throw new IllegalStateException("every trouble has its breaker");
        }
        return breaker;
    }
}
