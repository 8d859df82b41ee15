package dev.rung.core.evidence.paired;

import dev.rung.core.statistics.Binomial;

/**
 * The probability of so many successes or more, followed from one number of trials and successes to the next in a few multiplications.
 *
 * <p>Each step adds or takes away one term, so errors stay at the rounding of 1, far below any level. Not thread-safe.
 */
final class BinomialTail {
    private static final double TOO_SMALL_TO_FOLLOW = 1e-280;

    private final double p;
    private int trials;
    private int least;
    private double tail;
    private double term;

    /** Starts at {@code least} successes in {@code trials}; the probability {@code p} lies strictly between 0 and 1. */
    BinomialTail(int trials, int least, double p) {
        this.p = p;
        jump(trials, least);
    }

    private void jump(int toTrials, int toLeast) {
        trials = toTrials;
        least = toLeast;
        tail = Binomial.atLeast(least, trials, p);
        term = Binomial.probability(least, trials, p);
    }

    /** Returns the probability of {@code toLeast} successes or more, from 0 to {@code toTrials + 1}, in {@code toTrials} trials. */
    double at(int toTrials, int toLeast) {
        if (toLeast <= 0) {
            return 1;
        }
        if (toLeast > toTrials) {
            return 0;
        }
        if (term < TOO_SMALL_TO_FOLLOW) {
            jump(toTrials, toLeast);
            return tail;
        }
        while (least > toLeast) {
            fewerSuccesses();
        }
        while (trials < toTrials) {
            moreTrials();
        }
        while (trials > toTrials && least < trials) {
            fewerTrials();
        }
        while (least < toLeast) {
            moreSuccesses();
        }
        if (trials != toTrials) {
            jump(toTrials, toLeast);
        }
        return Math.clamp(tail, 0, 1);
    }

    private void fewerSuccesses() {
        term *= least / (trials - least + 1.0) * ((1 - p) / p);
        least--;
        tail += term;
    }

    private void moreSuccesses() {
        tail -= term;
        term *= (trials - least) / (least + 1.0) * (p / (1 - p));
        least++;
    }

    private void moreTrials() {
        trials++;
        term *= trials * (1 - p) / (trials - least);
        tail += term * least / trials;
    }

    private void fewerTrials() {
        tail -= term * least / trials;
        term *= (trials - least) / (trials * (1 - p));
        trials--;
    }
}
