package dev.rung.core.evidence;

/**
 * Two tests of one mean against one floor: that it lies above, to be proved at level alpha, and that it lies below, to be proved at level beta.
 *
 * <p>Not thread-safe.
 */
public final class TwoSidedTest {
    private final BettingTest above;
    private final BettingTest below;

    public TwoSidedTest(double floor, double alpha, double beta, boolean binary) {
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

    public void add(double score) {
        above.add(score);
        below.add(1 - score);
    }

    public void finish() {
        above.finish();
        below.finish();
    }

    public boolean provedAbove() {
        return above.rejected();
    }

    public boolean provedBelow() {
        return below.rejected();
    }

    public int n() {
        return above.n();
    }

    public double mean() {
        return above.mean();
    }

    public double lowerBound() {
        return above.bound();
    }

    public double upperBound() {
        return 1 - below.bound();
    }

    /** Returns how many more scores like those so far would prove that the mean lies above, or -1 when no number would. */
    public long more() {
        return above.more();
    }
}
