package dev.rung.core.evidence;

import dev.rung.core.statistics.Binomial;

/** How many rows prove that a rate lies above a floor, by the exact test of a fixed sample. Stateless. */
public final class RowsToProve {
    private static final int MOST = 1 << 20;

    private RowsToProve() {}

    /**
     * Returns about the least number of rows with which the floor is proved at level {@code alpha} with probability {@code power} when the rate is {@code truth};
     * at most 2²⁰.
     *
     * <p>Powers rise with the rows but for small teeth (a count is whole), which are looked past.
     *
     * @param floor strictly between 0 and 1, below {@code truth}
     */
    public static int of(double floor, double truth, double alpha, double power) {
        if (!(floor > 0 && floor < truth && truth <= 1)) {
            throw new IllegalArgumentException("no rows prove a rate of " + truth + " to lie above " + floor);
        }
        int high = 1;
        while (high < MOST && !proves(high, floor, truth, alpha, power)) {
            high *= 2;
        }
        int low = high / 2;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (proves(middle, floor, truth, alpha, power)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /** Tells whether {@code rows} that are all right would prove the floor at level {@code alpha}: whether anything could. */
    public static boolean possible(int rows, double floor, double alpha) {
        return rows * StrictMath.log(floor) <= StrictMath.log(alpha);
    }

    private static boolean proves(int rows, double floor, double truth, double alpha, double power) {
        int low = 0;
        int high = rows + 1; // the least number of hits that proves; more than there are rows when none does
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (Binomial.atLeast(middle, rows, floor) <= alpha) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high <= rows && Binomial.atLeast(high, rows, truth) >= power;
    }
}
