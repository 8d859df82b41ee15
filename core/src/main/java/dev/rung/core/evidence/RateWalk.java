package dev.rung.core.evidence;

import java.util.Arrays;

/**
 * What the sequential test of a right-or-wrong requirement will do, exactly: its chances of a PASS and of a FAIL and its mean number of rows at a given truth.
 *
 * <p>The number of hits is walked row by row and stopped where the tests' own wealth crosses, with their own last look at the end (as in {@link FinalLook}, but at any
 * truth), so that nothing is simulated and nothing approximated. Rows are taken to be fresh questions. Not thread-safe.
 */
public final class RateWalk {
    // Counts this improbable are dropped; together they are far below any figure's last digit.
    private static final double NEGLIGIBLE = 1e-17;

    private final double floor;
    private final double alpha;
    private final double beta;
    private final Boundary hits;
    private final Boundary misses;

    /**
     * What comes of a number of rows.
     *
     * @param rows that there are at most
     * @param passed the chance of a PASS
     * @param failed the chance of a FAIL
     * @param meanRows seen before something is proved, or the rows end
     */
    public record Outlook(int rows, double passed, double failed, double meanRows) {}

    /** How many hits prove that a rate lies above a floor, by row. */
    private static final class Boundary {
        private final Wealth wealth;
        private final Stakes stakes;
        private final double floor;
        private final double level;
        private final double threshold;
        private int[] needed = {1};

        Boundary(double floor, double level, Stakes stakes) {
            this.floor = floor;
            this.level = level;
            this.stakes = stakes;
            wealth = new Wealth(floor, stakes);
            threshold = -StrictMath.log(BettingTest.EARLY * level);
        }

        /** Returns the least number of hits that prove it at once, for each number of rows up to {@code rows}. */
        int[] upTo(int rows) {
            if (needed.length <= rows) {
                int from = needed.length;
                int[] longer = Arrays.copyOf(needed, rows + 1);
                for (int n = from; n <= rows; n++) {
                    int least = longer[n - 1];
                    while (least <= n && !wealth.reaches(threshold, wealth.logs(least, n - least), 1)) {
                        least++;
                    }
                    longer[n] = least;
                }
                needed = longer;
            }
            return needed;
        }

        int last(int rows) {
            return FinalLook.critical(stakes, floor, threshold, level, rows);
        }
    }

    /**
     * Describes the test of one requirement.
     *
     * @param floor strictly between 0 and 1
     * @param alpha the largest chance of a false PASS
     * @param beta the largest chance of a false FAIL
     */
    public RateWalk(double floor, double alpha, double beta) {
        if (!(floor > 0 && floor < 1 && alpha > 0 && alpha < 1 && beta > 0 && beta < 1)) {
            throw new IllegalArgumentException("floor " + floor + ", alpha " + alpha + ", beta " + beta);
        }
        this.floor = floor;
        this.alpha = alpha;
        this.beta = beta;
        hits = new Boundary(floor, alpha, Stakes.FOR_PASS);
        misses = new Boundary(1 - floor, beta, Stakes.FOR_FAIL);
    }

    /** Returns what comes of at most {@code rows} rows, at least one, where the true rate is {@code truth}. */
    public Outlook at(int rows, double truth) {
        int[] pass = hits.upTo(rows);
        int[] fail = misses.upTo(rows);
        double[] alive = new double[rows + 2];
        alive[0] = 1;
        int low = 0;
        int high = 0;
        double passed = 0;
        double failed = 0;
        double meanRows = 0;
        for (int n = 1; n <= rows && low <= high; n++) {
            meanRows += 1 - passed - failed;
            high++;
            for (int h = high; h >= low; h--) {
                alive[h] = alive[h] * (1 - truth) + (h > low ? alive[h - 1] * truth : 0);
            }
            for (; high >= low && high >= pass[n]; high--) {
                passed += alive[high];
                alive[high] = 0;
            }
            for (; low <= high && n - low >= fail[n]; low++) {
                failed += alive[low];
                alive[low] = 0;
            }
            for (; low < high && alive[low] < NEGLIGIBLE; low++) {
                alive[low] = 0;
            }
            for (; high > low && alive[high] < NEGLIGIBLE; high--) {
                alive[high] = 0;
            }
        }
        int lastPass = hits.last(rows);
        int lastFail = misses.last(rows);
        for (int h = low; h <= high; h++) {
            passed += h >= lastPass ? alive[h] : 0;
            failed += h < lastPass && rows - h >= lastFail ? alive[h] : 0;
        }
        return new Outlook(rows, Math.min(1, passed), Math.min(1, failed), meanRows);
    }

    public double floor() {
        return floor;
    }

    public double alpha() {
        return alpha;
    }

    public double beta() {
        return beta;
    }
}
