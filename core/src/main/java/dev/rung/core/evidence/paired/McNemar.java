package dev.rung.core.evidence.paired;

import dev.rung.core.statistics.Binomial;

/** The exact test of McNemar (1947) of two paired rates: where they are the same, each discordant pair is a gain or a loss with equal chance. */
public final class McNemar {
    private McNemar() {}

    /** Returns the p-value of the hypothesis that the candidate's rate is at most the incumbent's; never a mid-p, which may reject too often. */
    public static double superiority(PairCounts counts) {
        return Binomial.atLeast(counts.gains(), counts.discordant(), 0.5);
    }

    /** Returns the p-value of the hypothesis that both rates are the same. */
    public static double twoSided(PairCounts counts) {
        return Math.min(1, 2 * Math.min(superiority(counts), superiority(counts.swapped())));
    }
}
