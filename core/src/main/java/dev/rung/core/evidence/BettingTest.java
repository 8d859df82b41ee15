package dev.rung.core.evidence;

import java.util.Arrays;

/**
 * A test, at a fixed level, of the claim that scores in [0, 1] have mean {@code floor} or less, valid though one looks after every score.
 *
 * <p>Scores of 0 and 1 spend {@link #EARLY} of the level on looks at any time and all that those leave on one exact look at the last row ({@link FinalLook}); other
 * scores spend the whole level on looks at any time. Once the claim is rejected it stays rejected: the level bounds the chance that the wealth <em>ever</em>
 * reaches its threshold, so what comes later cannot make the rejection less sure. Not thread-safe.
 */
final class BettingTest {
    /** The share of a level that looks before the last row may spend. */
    static final double EARLY = 0.9;

    private final double floor;
    private final double level;
    private final boolean binary;
    private final Wealth wealth;
    private final Stakes stakes;
    private final double threshold;
    private final double enough;
    private double[] scores = new double[64];
    // What right-or-wrong scores have multiplied each way by, in logarithms, and what other scores have made of each
    // stake.
    private final double[] logs = new double[Stakes.WAYS];
    private final double[] purses;
    private int n;
    private double sum;
    private boolean rejected;

    BettingTest(double floor, double level, boolean binary, Stakes stakes) {
        if (!(floor >= 0 && floor <= 1 && level > 0 && level < 1)) {
            throw new IllegalArgumentException("floor " + floor + ", level " + level);
        }
        this.floor = floor;
        this.level = level;
        this.binary = binary;
        this.stakes = stakes;
        wealth = new Wealth(floor > 0 && floor < 1 ? floor : 0.5, stakes);
        threshold = -StrictMath.log(binary ? EARLY * level : level);
        enough = 1 / level;
        purses = binary ? new double[0] : wealth.stakes();
    }

    private BettingTest(BettingTest other) {
        floor = other.floor;
        level = other.level;
        binary = other.binary;
        wealth = other.wealth;
        stakes = other.stakes;
        threshold = other.threshold;
        enough = other.enough;
        scores = other.scores.clone();
        System.arraycopy(other.logs, 0, logs, 0, Stakes.WAYS);
        purses = other.purses.clone();
        n = other.n;
        sum = other.sum;
        rejected = other.rejected;
    }

    BettingTest copy() {
        return new BettingTest(this);
    }

    /** Adds the next score, and bets on it. */
    void add(double score) {
        keep(score);
        if (floor == 0) {
            rejected |= score > 0; // a mean of nothing leaves no room for anything
        } else if (floor < 1 && binary) {
            wealth.add(score, logs);
            rejected |= wealth.reaches(threshold, logs, 1);
        } else if (floor < 1) {
            rejected |= wealth.bet(score, purses) >= enough;
        }
    }

    /** Adds a score that comes after the decision: it counts for the bound and the mean, and is not bet on. */
    void keep(double score) {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("a score lies between 0 and 1: " + score);
        }
        if (n == scores.length) {
            scores = Arrays.copyOf(scores, 2 * n);
        }
        scores[n++] = score;
        sum += score;
    }

    /** Takes the one exact look that the last row allows. */
    void finish() {
        if (binary && !rejected && floor > 0 && floor < 1) {
            rejected = sum >= FinalLook.critical(stakes, floor, threshold, level, n);
        }
    }

    boolean rejected() {
        return rejected;
    }

    int n() {
        return n;
    }

    double mean() {
        return sum / n;
    }

    /** Returns the largest floor that the scores so far refute at this level, at least the tested one when that is rejected: a lower bound on the mean. */
    double bound() {
        double low = rejected ? floor : 0;
        double high = n == 0 ? 0 : mean();
        for (int i = 0; i < 40 && high - low > 1e-9; i++) {
            double middle = 0.5 * (low + high);
            if (refutes(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean refutes(double other) {
        Wealth against = new Wealth(other, stakes);
        if (binary) {
            long hits = Math.round(sum);
            return against.reaches(threshold, against.logs(hits, n - hits), 1);
        }
        return against.reaches(threshold, against.logs(scores, n), 1);
    }

    /**
     * Returns how many more scores like those so far would let the test reject, or -1 when no number would.
     *
     * <p>Each way is taken to go on growing at its mean rate so far, which needs no model of the scores.
     */
    long more() {
        if (rejected) {
            return 0;
        }
        if (n == 0 || floor >= 1 || mean() <= floor) {
            return -1;
        }
        double[] grown = binary ? logs : wealth.logs(scores, n);
        double many = 2;
        while (!wealth.reaches(threshold, grown, many)) {
            many *= 2;
            if (many * n > 1e9) {
                return -1;
            }
        }
        double tooFew = 1;
        for (int i = 0; i < 30; i++) {
            double middle = 0.5 * (tooFew + many);
            if (wealth.reaches(threshold, grown, middle)) {
                many = middle;
            } else {
                tooFew = middle;
            }
        }
        return Math.max(1, (long) Math.ceil((many - 1) * n));
    }
}
