package dev.rung.core.evidence.paired;

/**
 * How often each of two solutions was right on the same examples.
 *
 * @param bothRight examples on which both were right
 * @param gains examples on which the candidate was right and the incumbent wrong
 * @param losses examples on which the candidate was wrong and the incumbent right
 * @param bothWrong examples on which neither was right
 */
public record PairCounts(int bothRight, int gains, int losses, int bothWrong) {
    public PairCounts {
        if (bothRight < 0 || gains < 0 || losses < 0 || bothWrong < 0) {
            throw new IllegalArgumentException(
                    "counts are not negative: " + bothRight + ", " + gains + ", " + losses + ", " + bothWrong);
        }
        Math.addExact(Math.addExact(bothRight, gains), Math.addExact(losses, bothWrong));
    }

    /** Returns how many pairs there are in all. */
    public int pairs() {
        return bothRight + gains + losses + bothWrong;
    }

    /** Returns how many pairs tell the two apart. */
    public int discordant() {
        return gains + losses;
    }

    /** Returns the candidate's rate less the incumbent's, not a number where there are no pairs. */
    public double difference() {
        return (double) (gains - losses) / pairs();
    }

    /** Returns the counts with the two solutions in each other's place. */
    public PairCounts swapped() {
        return new PairCounts(bothRight, losses, gains, bothWrong);
    }
}
