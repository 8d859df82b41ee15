package dev.rung.core.evidence;

/**
 * Two tests of one mean against one floor: that it lies above, to be proved at level alpha, and that it lies below, to be proved at level beta.
 *
 * <p>Not thread-safe.
 */
final class TwoSidedTest {
    private final BettingTest above;
    private final BettingTest below;

    TwoSidedTest(double floor, double alpha, double beta, boolean binary) {
        this(
                new BettingTest(floor, alpha, binary, Stakes.FOR_PASS),
                new BettingTest(1 - floor, beta, binary, Stakes.FOR_FAIL));
    }

    private TwoSidedTest(BettingTest above, BettingTest below) {
        this.above = above;
        this.below = below;
    }

    TwoSidedTest copy() {
        return new TwoSidedTest(above.copy(), below.copy());
    }

    /** Adds a score that comes after the decision. */
    void keep(double score) {
        above.keep(score);
        below.keep(1 - score);
    }

    void add(double score) {
        above.add(score);
        below.add(1 - score);
    }

    void finish() {
        above.finish();
        below.finish();
    }

    boolean provedAbove() {
        return above.rejected();
    }

    boolean provedBelow() {
        return below.rejected();
    }

    int n() {
        return above.n();
    }

    double mean() {
        return above.mean();
    }

    double lowerBound() {
        return above.bound();
    }

    double upperBound() {
        return 1 - below.bound();
    }

    /** Returns how many more scores like those so far would prove that the mean lies above, or -1 when no number would. */
    long more() {
        return above.more();
    }
}
