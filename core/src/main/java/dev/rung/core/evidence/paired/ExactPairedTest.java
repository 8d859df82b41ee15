package dev.rung.core.evidence.paired;

import dev.rung.core.statistics.Binomial;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * An exact unconditional test that a candidate's rate exceeds an incumbent's by more than a given difference, on paired outcomes.
 *
 * <p>Outcomes are ordered by their efficient {@link Score}, and the p-value is the largest probability, over every truth that the hypothesis allows, of an outcome as
 * extreme as the one seen. Truths differ in the share of discordant pairs; only those are searched that an exact interval around the observed share, wrong with
 * probability {@value #PAID} of the level, leaves possible, and that error is added to the p-value (Berger and Boos 1994, "P values maximized over a
 * confidence set for the nuisance parameter"; Sidik 2003 and Lloyd and Moldovan 2008 for paired non-inferiority). So the chance of a false rejection is at most the level
 * for any number of pairs and any truth.
 *
 * <p>The search is no grid that a peak could slip through. No truth between two neighbouring shares of discordant pairs rejects more often than one that takes the larger
 * probability of a gain and the smaller of a loss; stretches are halved until that bound is within a hundredth of a value that is attained. The work grows with the square root of the pairs.
 */
public final class ExactPairedTest {
    /** The part of the level that the interval around the share of discordant pairs costs. */
    public static final double PAID = 0.001;

    private static final double TOLERANCE = 0.01;
    private static final int FIRST_STRETCHES = 32;

    private final ScoreRegion region;
    private final double difference;
    private final double paid;
    private final PriorityQueue<Stretch> open =
            new PriorityQueue<>(Comparator.comparingDouble(Stretch::bound).reversed());
    private double attained;

    /** Truths with a share of discordant pairs from {@code low} to {@code high}, none of which rejects more often than {@code bound}. */
    private record Stretch(double low, double high, double bound) {}

    private ExactPairedTest(PairCounts counts, double difference, double level) {
        this.difference = difference;
        int n = counts.pairs();
        region = new ScoreRegion(n, difference, Score.of(counts.gains(), counts.losses(), n, difference));
        paid = PAID * level;
        double from = Math.max(Math.abs(difference), Binomial.lowerBound(counts.discordant(), n, paid / 2));
        double to = Math.max(from, Binomial.upperBound(counts.discordant(), n, paid / 2));
        for (int i = 0; i < FIRST_STRETCHES; i++) {
            double width = (to - from) / FIRST_STRETCHES;
            add(from + i * width, i == FIRST_STRETCHES - 1 ? to : from + (i + 1) * width);
        }
    }

    /**
     * Returns the p-value of the hypothesis that the rate of gains exceeds that of losses by at most {@code difference}, to one part in a hundred and never too small.
     *
     * @param difference strictly between -1 and 1
     * @param level at which the p-value will be judged, strictly between 0 and 1; a rejection is a p-value of at most that
     */
    public static double pValue(PairCounts counts, double difference, double level) {
        check(difference, level);
        if (counts.pairs() == 0) {
            return 1;
        }
        ExactPairedTest test = new ExactPairedTest(counts, difference, level);
        while (!test.settled()) {
            test.halve();
        }
        return Math.min(1, test.bound() + test.paid);
    }

    /** Tells whether {@link #pValue} is at most {@code level}, mostly with less work. */
    public static boolean rejects(PairCounts counts, double difference, double level) {
        check(difference, level);
        if (counts.pairs() == 0) {
            return false;
        }
        ExactPairedTest test = new ExactPairedTest(counts, difference, level);
        while (test.bound() + test.paid > level) {
            if (test.attained + test.paid > level || test.settled()) {
                return false;
            }
            test.halve();
        }
        return true;
    }

    private static void check(double difference, double level) {
        if (!(Math.abs(difference) < 1 && level > 0 && level < 1)) {
            throw new IllegalArgumentException("difference " + difference + ", level " + level);
        }
    }

    private double bound() {
        Stretch worst = open.peek();
        return worst == null ? 0 : worst.bound();
    }

    private boolean settled() {
        return bound() <= (1 + TOLERANCE) * attained + TOLERANCE * paid;
    }

    private void halve() {
        Stretch worst = open.remove();
        double middle = 0.5 * (worst.low() + worst.high());
        add(worst.low(), middle);
        add(middle, worst.high());
    }

    private void add(double low, double high) {
        double bound = region.probability((high + difference) / 2, (low - difference) / 2);
        open.add(new Stretch(low, high, bound));
        // an inner stretch that cannot hold the largest value need not be looked into
        if (bound > attained) {
            double middle = 0.5 * (low + high);
            attained = Math.max(attained, region.probability((middle + difference) / 2, (middle - difference) / 2));
        }
    }
}
