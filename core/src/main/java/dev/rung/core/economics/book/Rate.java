package dev.rung.core.economics.book;

import dev.rung.core.economics.Usd;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/**
 * The price of one unit, which may rise with the length of the input.
 *
 * @param base the price up to the first step
 * @param steps further prices, the lowest first; a step's price holds for <em>all</em> units of a request whose input is longer than the step's start
 */
public record Rate(Usd base, List<Step> steps) {
    public Rate {
        steps = steps.stream().sorted(Comparator.comparingLong(Step::above)).toList();
        if (base.amount().signum() < 0
                || steps.stream().anyMatch(step -> step.price().amount().signum() < 0)) {
            throw new IllegalArgumentException("prices are not negative");
        }
    }

    /** A price that holds for requests with more input tokens than {@code above}. */
    public record Step(long above, Usd price) {}

    public static Rate flat(Usd price) {
        return new Rate(price, List.of());
    }

    /** Returns the price for a request with so many input tokens. */
    public Usd at(BigDecimal inputTokens) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (inputTokens.compareTo(BigDecimal.valueOf(steps.get(i).above())) > 0) {
                return steps.get(i).price();
            }
        }
        return base;
    }

    boolean stepped() {
        return !steps.isEmpty();
    }
}
