package dev.rung.gateway.limits;

import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is held for one call in every budget that it falls under, until it is settled or released; for one thread. */
public final class Reservation {
    private static final Map<String, String> NO_RETRY = Map.of("x-should-retry", "false");

    private final List<Held> held = new ArrayList<>(4);
    private final List<TokenBucket> buckets = new ArrayList<>(2);
    private final long tokens;
    private final long price;

    private record Held(Scope.Purse purse, long window) {}

    private Reservation(long tokens, long price) {
        this.tokens = tokens;
        this.price = price;
    }

    /**
     * Reserves an estimate in all of {@code scopes}, or in none.
     *
     * @param tokens how many tokens the call is expected to use at most
     * @param price what it is expected to cost at most, in the unit of {@link Money}
     * @throws Refused 429 with the limit that is reached, how much of it is used, and when there is more
     */
    public static Reservation take(List<Scope> scopes, long tokens, long price, long nowSeconds, long nowNanos) {
        Reservation reservation = new Reservation(tokens, price);
        boolean whole = false;
        try {
            for (Scope scope : scopes) {
                for (Scope.Purse purse : scope.purses()) {
                    reservation.hold(scope, purse, nowSeconds);
                }
            }
            for (Scope scope : scopes) {
                for (Scope.Tap tap : scope.taps()) {
                    reservation.draw(scope, tap, nowNanos);
                }
            }
            whole = true;
            return reservation;
        } finally {
            if (!whole) {
                reservation.release();
            }
        }
    }

    private void hold(Scope scope, Scope.Purse purse, long now) {
        Budget budget = purse.budget();
        long window = budget.period().start(now);
        if (!purse.counter().reserve(window, estimate(budget.measure()), budget.limit())) {
            throw spent(scope, budget, purse.counter().used(window), now);
        }
        held.add(new Held(purse, window));
    }

    private void draw(Scope scope, Scope.Tap tap, long now) {
        long wait = tap.bucket().take(estimate(tap.rate().measure()), now);
        if (wait > 0) {
            throw tooFast(scope, tap.rate(), Duration.ofNanos(wait));
        }
        if (tap.rate().measure() == Measure.TOKENS) {
            buckets.add(tap.bucket());
        }
    }

    private long estimate(Measure measure) {
        return switch (measure) {
            case MONEY -> price;
            case TOKENS -> tokens;
            case REQUESTS -> 1;
        };
    }

    /** Ends the reservation with what was used. */
    public void settle(long usedTokens, long usedPrice) {
        end(usedTokens, usedPrice, 1);
        for (TokenBucket bucket : buckets) {
            bucket.adjust(usedTokens - tokens);
        }
        buckets.clear();
    }

    /** Gives all of it back, but for the request itself in the rates: asking counts, whatever comes of it. */
    public void release() {
        end(0, 0, 0);
        for (TokenBucket bucket : buckets) {
            bucket.adjust(-tokens);
        }
        buckets.clear();
    }

    private void end(long usedTokens, long usedPrice, long requests) {
        for (Held each : held) {
            Measure measure = each.purse().budget().measure();
            long used = switch (measure) {
                case MONEY -> usedPrice;
                case TOKENS -> usedTokens;
                case REQUESTS -> requests;
            };
            each.purse().counter().settle(each.window(), estimate(measure), used);
        }
        held.clear();
    }

    private Refused spent(Scope scope, Budget budget, long used, long now) {
        Optional<Instant> end = budget.period().end(now);
        String message =
                "The budget of %s, %s, is used up: %s are spent or reserved, and this call is expected to need up to %s. %s"
                        .formatted(
                                scope.name(),
                                budget,
                                budget.shown(used),
                                budget.shown(estimate(budget.measure())),
                                end.map(at -> "It is full again at " + at + ".")
                                        .orElse("It does not fill again by itself."));
        return new Refused(new Refusal(429, "budget_exhausted", message, null, NO_RETRY));
    }

    private static Refused tooFast(Scope scope, Rate rate, Duration wait) {
        long millis = Math.max(1, (wait.toNanos() + 999_999) / 1_000_000);
        String message = "The rate of %s, %s, is reached. There is room again in %s s."
                .formatted(scope.name(), rate, String.format(Locale.ROOT, "%.3f", millis / 1_000.0));
        return new Refused(new Refusal(
                429,
                "rate_limit_exceeded",
                message,
                null,
                Map.of(
                        "retry-after", Long.toString((millis + 999) / 1_000),
                        "retry-after-ms", Long.toString(millis))));
    }
}
