package dev.rung.core.evidence.paired;

/**
 * The efficient score for a difference between two paired rates (Tango 1998, "Equivalence test and confidence interval for the difference in proportions for the
 * paired-sample design"; Nam 1997).
 *
 * <p>The variance is the one that the hypothesis itself allows, at its most likely rate of losses, so that the score behaves well with few discordant pairs or none,
 * where that of Wald is zero.
 */
final class Score {
    private Score() {}

    /** Returns by how many standard errors the gains less the losses in {@code n} pairs exceed what a true difference of {@code difference} lets expect. */
    static double of(int gains, int losses, int n, double difference) {
        double b = -gains - losses + (2.0 * n - gains + losses) * difference;
        double c = -losses * difference * (1 - difference);
        double loss = (Math.sqrt(Math.max(0, b * b - 8.0 * n * c)) - b) / (4.0 * n);
        double variance = n * (2 * loss + difference * (1 - difference));
        double excess = gains - losses - n * difference;
        return variance > 0 ? excess / Math.sqrt(variance) : excess == 0 ? 0 : Math.copySign(1e9, excess);
    }
}
