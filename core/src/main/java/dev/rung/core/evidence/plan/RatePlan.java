package dev.rung.core.evidence.plan;

import dev.rung.core.evidence.RateWalk;
import dev.rung.core.statistics.Binomial;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How many rows prove that a rate lies above a bar, if it is as good as is hoped.
 *
 * @param bar strictly between 0 and 1
 * @param truth the rate that is hoped for, above the bar
 * @param fixed with the exact test of a fixed sample, which looks once: the least number with the wanted power (A'Hern 2001, "Sample size tables for exact single-stage
 *     phase II designs"); a few rows more can have a little less power, since counts are whole
 * @param early with the test that a climb uses, which looks after every row and once more at the last ({@link RateWalk}), to within one such tooth
 */
public record RatePlan(
        double bar, double truth, Strictness strictness, Optional<Sample> fixed, Optional<Sample> early) {
    /** The most rows that are looked into; a plan that needs more has none. */
    public static final int MOST = 50_000;

    /** Plans for one bar and one hope. */
    public static RatePlan of(double bar, double truth, Strictness strictness) {
        if (!(bar > 0 && bar < truth && truth <= 1)) {
            throw new IllegalArgumentException("no rows prove that a rate of " + truth + " lies above " + bar);
        }
        Optional<Sample> fixed = fixed(bar, truth, strictness);
        Optional<Sample> early = fixed.flatMap(sample -> early(bar, truth, strictness, sample.rows()));
        return new RatePlan(bar, truth, strictness, fixed, early);
    }

    private static Optional<Sample> fixed(double bar, double truth, Strictness strictness) {
        int needed = 1;
        for (int rows = 1; rows <= MOST; rows++) {
            while (Binomial.atLeast(needed, rows, bar) > strictness.alpha()) {
                needed++;
            }
            double power = Binomial.atLeast(needed, rows, truth);
            if (power >= strictness.power()) {
                return Optional.of(new Sample(rows, rows, power));
            }
        }
        return Optional.empty();
    }

    /** Returns the power of the exact test of a fixed sample. */
    public static double fixedPower(double bar, double truth, double alpha, int rows) {
        int low = 0;
        int high = rows + 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (Binomial.atLeast(middle, rows, bar) <= alpha) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Binomial.atLeast(high, rows, truth);
    }

    private static Optional<Sample> early(double bar, double truth, Strictness strictness, int start) {
        RateWalk walk = new RateWalk(bar, strictness.alpha(), strictness.beta());
        int high = start;
        while (walk.at(high, truth).passed() < strictness.power()) {
            high += high / 8 + 1;
            if (high > MOST) {
                return Optional.empty();
            }
        }
        int low = high / 2;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (walk.at(middle, truth).passed() >= strictness.power()) {
                high = middle;
            } else {
                low = middle;
            }
        }
        RateWalk.Outlook outlook = walk.at(high, truth);
        return Optional.of(new Sample(high, outlook.meanRows(), outlook.passed()));
    }

    /** Returns the least true rate, to three decimals, at which {@code rows} prove the bar with the wanted power and early stopping; empty when not even perfection would do. */
    public static OptionalDouble leastTruth(double bar, int rows, Strictness strictness) {
        if (rows < 1) {
            return OptionalDouble.empty();
        }
        RateWalk walk = new RateWalk(bar, strictness.alpha(), strictness.beta());
        int high = 1000;
        if (walk.at(rows, 1).passed() < strictness.power()) {
            return OptionalDouble.empty();
        }
        int low = (int) Math.floor(1000 * bar);
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (walk.at(rows, middle / 1000.0).passed() >= strictness.power()) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return OptionalDouble.of(high / 1000.0);
    }
}
