package dev.rung.core.evidence;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The exact test that a sequential test still affords at the last row.
 *
 * <p>Early looks at {@code n} rows can have spent only the probability with which the wealth crosses its threshold within {@code n} rows, which is less than Ville's
 * bound. The walk of the number of hits at a true rate of exactly {@code floor}, stopped where the wealth crosses, gives that probability and the distribution of
 * the count where it did not (the recursion of Armitage, McPherson and Rowe 1969, "Repeated significance tests on accumulating data"); what is left of the level
 * goes to the largest counts at the end. Lower true rates cross less often, since every crossing stays one when a miss becomes a hit. Thread-safe.
 */
final class FinalLook {
    // Probabilities below this are dropped; together they are far below any level's last digit.
    private static final double NEGLIGIBLE = 1e-40;

    // Candidates of one task meet the same few looks again and again; each costs a walk over all rows.
    private static final int MOST_KEPT = 4096;

    private static final Map<Question, Integer> KEPT = new ConcurrentHashMap<>();

    private FinalLook() {}

    private record Question(Stakes stakes, double floor, double threshold, double level, int rows) {}

    /**
     * Returns the least number of hits in {@code rows} scores of 0 or 1 with which a test at {@code level} may reject at the end, {@code rows + 1} if none.
     *
     * @param threshold of the wealth's logarithm, at which the test rejects at any time
     */
    static int critical(Stakes stakes, double floor, double threshold, double level, int rows) {
        Question question = new Question(stakes, floor, threshold, level, rows);
        Integer kept = KEPT.get(question);
        if (kept != null) {
            return kept;
        }
        int critical = walk(new Wealth(floor, stakes), floor, threshold, level, rows);
        if (KEPT.size() >= MOST_KEPT) {
            KEPT.clear();
        }
        KEPT.put(question, critical);
        return critical;
    }

    private static int walk(Wealth wealth, double floor, double threshold, double level, int rows) {
        double[] alive = new double[rows + 2];
        alive[0] = 1;
        double crossed = 0;
        int boundary = 0;
        int low = 0;
        int high = 0;
        for (int n = 1; n <= rows; n++) {
            for (int hits = high + 1; hits >= low; hits--) {
                double fromBelow = hits > low ? alive[hits - 1] * floor : 0;
                alive[hits] = (hits <= high ? alive[hits] * (1 - floor) : 0) + fromBelow;
            }
            high++;
            while (boundary <= n && !wealth.reaches(threshold, wealth.logs(boundary, n - boundary), 1)) {
                boundary++;
            }
            for (; high >= boundary && high >= low; high--) {
                crossed += alive[high];
                alive[high] = 0;
            }
            while (low < high && alive[low] < NEGLIGIBLE) {
                alive[low++] = 0;
            }
        }
        double spent = crossed;
        int critical = high + 1;
        while (critical > low && spent + alive[critical - 1] <= level) {
            spent += alive[--critical];
        }
        return critical;
    }
}
