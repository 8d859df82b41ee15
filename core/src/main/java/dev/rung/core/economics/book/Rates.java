package dev.rung.core.economics.book;

import dev.rung.core.economics.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prices of a model at one time.
 *
 * <p>Each priced unit is billed for what it has without the priced units that are parts of it. A count that the provider left out is zero, unless what
 * it did report says otherwise, and a unit that was used and has no price is not free: in both cases the price is unknown.
 *
 * <p>Sums are exact. Only a price by the hour can have no end of digits; it is rounded, half to even, to 28 digits as decimal arithmetic of the reference
 * (genai-prices) does.
 */
public final class Rates {
    private static final MathContext HOURLY = new MathContext(28, RoundingMode.HALF_EVEN);

    private final Map<BillingUnit, Rate> rates;
    private final BillingUnit[] deepestFirst;
    private final int[][] parts;
    private final boolean stepped;
    private final List<String> unreadable;

    /**
     * Makes the prices of {@code rates}.
     *
     * @param unreadable prices that the book has and this program does not understand; with any of them, every quote is unknown
     */
    public Rates(Map<BillingUnit, Rate> rates, List<String> unreadable) {
        EnumMap<BillingUnit, Rate> copy = new EnumMap<>(BillingUnit.class);
        copy.putAll(rates);
        this.rates = Collections.unmodifiableMap(copy);
        this.unreadable = List.copyOf(unreadable);
        this.stepped = copy.values().stream().anyMatch(Rate::stepped);
        this.deepestFirst = copy.keySet().stream()
                .sorted(Comparator.comparingInt(BillingUnit::depth).reversed())
                .toArray(BillingUnit[]::new);
        this.parts = new int[deepestFirst.length][];
        for (int i = 0; i < deepestFirst.length; i++) {
            List<Integer> inside = new ArrayList<>();
            for (int j = 0; j < i; j++) {
                if (deepestFirst[i].contains(deepestFirst[j])) {
                    inside.add(j);
                }
            }
            parts[i] = inside.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /** Returns the price of each unit that has one. */
    public Map<BillingUnit, Rate> rates() {
        return rates;
    }

    /** Returns the prices that were not understood. */
    public List<String> unreadable() {
        return unreadable;
    }

    /** Returns what {@code counts} cost. */
    public Quote quote(Counts counts) {
        if (!unreadable.isEmpty()) {
            return new Quote.Unknown("the price book has prices that this version does not know: " + unreadable);
        }
        for (BillingUnit used : counts.reported().keySet()) {
            if (counts.used(used) && !rates.containsKey(used) && !insidePriced(used)) {
                return new Quote.Unknown("the price book has no price of " + used.countKey() + " for this model");
            }
        }
        BigDecimal length = BigDecimal.ZERO;
        if (stepped) {
            BigDecimal input = counts.of(BillingUnit.INPUT_TOKENS);
            String missing = input == null ? missing(BillingUnit.INPUT_TOKENS, counts) : null;
            if (missing != null) {
                return new Quote.Unknown(missing);
            }
            length = input == null ? BigDecimal.ZERO : input;
        }
        BigDecimal[] own = new BigDecimal[deepestFirst.length];
        Usd in = Usd.ZERO;
        Usd out = Usd.ZERO;
        Usd other = Usd.ZERO;
        for (int i = 0; i < own.length; i++) {
            BillingUnit unit = deepestFirst[i];
            BigDecimal count = unit == BillingUnit.REQUESTS ? BigDecimal.ONE : counts.of(unit);
            if (count == null) {
                String missing = missing(unit, counts);
                if (missing != null) {
                    return new Quote.Unknown(missing);
                }
                count = BigDecimal.ZERO;
            }
            for (int part : parts[i]) {
                count = count.subtract(own[part]);
            }
            if (count.signum() < 0) {
                return new Quote.Unknown("the usage contradicts itself: the parts of " + unit.countKey()
                        + " that are billed by themselves are more than all of it");
            }
            own[i] = count;
            if (count.signum() == 0) {
                continue;
            }
            Usd cost = cost(rates.get(unit), count, length, unit);
            if (unit.input()) {
                in = in.plus(cost);
            } else if (unit.output()) {
                out = out.plus(cost);
            } else {
                other = other.plus(cost);
            }
        }
        return new Quote.Bill(in, out, other);
    }

    private boolean insidePriced(BillingUnit used) {
        for (BillingUnit priced : deepestFirst) {
            if (priced.contains(used)) {
                return true;
            }
        }
        return false;
    }

    private static Usd cost(@Nullable Rate rate, BigDecimal count, BigDecimal length, BillingUnit unit) {
        if (rate == null) {
            throw new IllegalStateException(unit + " has no rate");
        }
        BigDecimal product = rate.at(length).amount().multiply(count);
        int zeros = unit.zeros();
        return new Usd(zeros > 0 ? product.movePointLeft(zeros) : product.divide(unit.per(), HOURLY));
    }

    // Absent is zero only where nothing that was reported proves the contrary.
    private static @Nullable String missing(BillingUnit unit, Counts counts) {
        for (BillingUnit part : counts.reported().keySet()) {
            if (counts.used(part) && unit.contains(part)) {
                return "the usage has " + part.countKey() + " and no " + unit.countKey();
            }
        }
        for (BillingUnit a : counts.reported().keySet()) {
            if (!counts.used(a) || !a.contains(unit)) {
                continue;
            }
            for (BillingUnit b : counts.reported().keySet()) {
                if (counts.used(b) && unit.isOverlap(a, b)) {
                    return "the usage has " + a.countKey() + " and " + b.countKey()
                            + ", and does not say how many are both (" + unit.countKey() + ")";
                }
            }
        }
        return null;
    }
}
