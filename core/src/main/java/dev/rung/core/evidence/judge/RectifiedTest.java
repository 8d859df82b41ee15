package dev.rung.core.evidence.judge;

import dev.rung.core.statistics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A test, at a fixed level, of the claim that people's mean score is {@code floor} or less, valid at any sample size, for any judge, though one looks after
 * every unit.
 *
 * <p>A <em>unit</em> is one answer that people and the judge have scored (h and j) with a fixed number of answers that only the judge has scored, of mean o. Its
 * rectified score {@code z = h − w·j + w·o} has, for each weight w, the mean of people's scores: all answers are drawn alike, so what w·o adds w·j takes away,
 * however wrong the judge is. It lies in [−w, 1 + w], hence {@code 1 + u (z − floor) / (floor + w)} is not negative for u in [0, 1], and its mean is at most 1
 * if the claim is true. So the product over units, and its average over weights and stakes u, is a non-negative supermartingale that starts at 1, and
 * it ever reaches 1/level with probability at most level (Ville 1939; the betting of Waudby-Smith and Ramdas 2024 on the rectified score of prediction-powered
 * inference). Weight 0 is the test without a judge; averaging five weights costs a useless judge no more than a factor of five in wealth, ln 5 = 1.6 on a
 * threshold of 3.0 at level 0.05. Not thread-safe.
 */
public final class RectifiedTest {
    private final double floor;
    private final double threshold;
    private final Bets bets;
    private final List<Paired> pairs = new ArrayList<>();
    private final List<Double> others = new ArrayList<>();
    private boolean rejected;

    /**
     * @param floor from 0 (inclusive) to 1 (exclusive); a claim of perfection cannot be proved
     * @param level the largest chance of rejecting a claim that is true
     */
    public RectifiedTest(double floor, double level) {
        if (!(floor >= 0 && floor <= 1 && level > 0 && level < 1)) {
            throw new IllegalArgumentException("floor " + floor + ", level " + level);
        }
        this.floor = floor;
        this.threshold = -StrictMath.log(level);
        this.bets = new Bets(floor);
    }

    /**
     * Adds the next unit.
     *
     * @param others the judge's mean score of the unit's other answers
     */
    public void add(Paired labelled, double others) {
        pairs.add(labelled);
        this.others.add(others);
        bets.add(labelled, others);
        rejected |= floor < 1 && bets.logWealth(1) >= threshold;
    }

    /** Tells whether the claim is rejected; once it is, it stays so. */
    public boolean rejected() {
        return rejected;
    }

    public int units() {
        return pairs.size();
    }

    /** Returns a lower bound of people's mean score that units so far prove at {@code level}. */
    public double bound(double level) {
        return pairs.isEmpty()
                ? 0
                : bound(pairs, others.stream().mapToDouble(Double::doubleValue).toArray(), level);
    }

    /** Returns how many more units like those so far would let the test reject, or -1 when no number would. */
    public long more() {
        if (rejected) {
            return 0;
        }
        if (pairs.isEmpty() || floor >= 1 || bets.largestLog() <= 0) {
            return -1;
        }
        double enough = 2;
        while (bets.logWealth(enough) < threshold) {
            enough *= 2;
            if (enough * pairs.size() > 1e9) {
                return -1;
            }
        }
        double tooFew = enough / 2;
        for (int i = 0; i < 40; i++) {
            double middle = 0.5 * (tooFew + enough);
            if (bets.logWealth(middle) >= threshold) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return Math.max(1, (long) Math.ceil((enough - 1) * pairs.size()));
    }

    /** Returns an interval for people's mean score that holds at any sample size, from units with equally many of {@code others}, in order; what is left over is not used. */
    static Interval interval(List<Paired> labelled, double[] others, double confidence) {
        int each = others.length / labelled.size();
        double[] means = new double[labelled.size()];
        List<Paired> mirrored = new ArrayList<>();
        double[] mirroredMeans = new double[means.length];
        for (int i = 0; i < means.length; i++) {
            Paired pair = labelled.get(i);
            // Without other answers the judge tells nothing: its own score in their place takes it out of z.
            means[i] = each == 0
                    ? pair.judge()
                    : Arrays.stream(others, i * each, (i + 1) * each).sum() / each;
            mirrored.add(new Paired(1 - pair.human(), 1 - pair.judge()));
            mirroredMeans[i] = 1 - means[i];
        }
        double level = (1 - confidence) / 2;
        return new Interval(bound(labelled, means, level), 1 - bound(mirrored, mirroredMeans, level));
    }

    /** Returns the largest floor that units refute at {@code level}; wealth falls as the floor rises. */
    static double bound(List<Paired> labelled, double[] others, double level) {
        double threshold = -StrictMath.log(level);
        double low = 0;
        double high = 1;
        for (int i = 0; i < 30; i++) {
            double middle = 0.5 * (low + high);
            Bets against = new Bets(middle);
            for (int unit = 0; unit < others.length; unit++) {
                against.add(labelled.get(unit), others[unit]);
            }
            if (against.logWealth(1) >= threshold) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
