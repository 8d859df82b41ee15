package dev.rung.core.evidence;

import java.util.Arrays;

/**
 * What the sequential comparison of two right-or-wrong solutions will do, exactly: its chances by the number of pairs seen.
 *
 * <p>Gains and losses are walked together, pair by pair, and stopped where the wealth of the bets against and for the margin crosses its threshold, as
 * {@link TwoSidedTest} does on the difference moved to [0, 1], where a pair that tells nothing scores a half. Not thread-safe.
 */
public final class PairWalk {
    private static final double NEGLIGIBLE = 1e-15;
    private static final double DEVIATIONS = 9;

    private final Bet above;
    private final Bet below;

    /** One bet: whether so many pairs of each kind make it win. */
    private static final class Bet {
        private final Wealth wealth;
        private final double threshold;
        private final double[] hit = new double[Stakes.WAYS];
        private final double[] miss = new double[Stakes.WAYS];
        private final double[] tie = new double[Stakes.WAYS];
        private final double[] logs = new double[Stakes.WAYS];

        Bet(double floor, double level, Stakes stakes) {
            wealth = new Wealth(floor, stakes);
            threshold = -StrictMath.log(level);
            wealth.add(1, hit);
            wealth.add(0, miss);
            wealth.add(0.5, tie);
        }

        boolean wins(int hits, int misses, int ties) {
            for (int j = 0; j < logs.length; j++) {
                logs[j] = hits * hit[j] + misses * miss[j] + ties * tie[j];
            }
            return wealth.reaches(threshold, logs, 1);
        }
    }

    /** Chances by the number of pairs seen. Immutable. */
    public static final class Path {
        private final double[] passed;
        private final double[] failed;

        private Path(double[] passed, double[] failed) {
            this.passed = passed;
            this.failed = failed;
        }

        /** Returns how many pairs were walked. */
        public int pairs() {
            return passed.length - 1;
        }

        /** Returns the chance that NOT WORSE is proved within {@code pairs}. */
        public double passed(int pairs) {
            return passed[pairs];
        }

        /** Returns the chance that WORSE is proved within {@code pairs}. */
        public double failed(int pairs) {
            return failed[pairs];
        }

        /** Returns the mean number of pairs seen before something is proved, or {@code pairs} end. */
        public double meanPairs(int pairs) {
            double mean = 0;
            for (int n = 0; n < pairs; n++) {
                mean += 1 - passed[n] - failed[n];
            }
            return mean;
        }
    }

    /** Describes the comparison against a loss of {@code margin}, strictly between 0 and 1. */
    public PairWalk(double margin, double alpha, double beta) {
        if (!(margin > 0 && margin < 1 && alpha > 0 && alpha < 1 && beta > 0 && beta < 1)) {
            throw new IllegalArgumentException("margin " + margin + ", alpha " + alpha + ", beta " + beta);
        }
        above = new Bet((1 - margin) / 2, alpha, Stakes.FOR_PASS);
        below = new Bet((1 + margin) / 2, beta, Stakes.FOR_FAIL);
    }

    /**
     * Walks until NOT WORSE has been proved with probability {@code power}, or {@code most} pairs.
     *
     * @param gain the chance that a pair is right for the candidate alone
     * @param loss the chance that it is right for the incumbent alone
     */
    public Path walk(double gain, double loss, double power, int most) {
        Field field = new Field(gain, loss, most);
        double[] passed = new double[most + 1];
        double[] failed = new double[most + 1];
        int n = 0;
        while (n < most && passed[n] < power) {
            n++;
            field.step(n);
            passed[n] = field.passed;
            failed[n] = field.failed;
        }
        return new Path(Arrays.copyOf(passed, n + 1), Arrays.copyOf(failed, n + 1));
    }

    /** The probability of each number of losses and gains of those that have proved nothing. */
    private final class Field {
        private final double gain;
        private final double loss;
        private final double[][] alive;
        private final int[] pass; // by losses: the least gains that prove NOT WORSE
        private final int[] fail; // by losses: the most gains that prove WORSE
        private int lowLoss;
        private int highLoss;
        private int lowGain;
        private int highGain;
        private double passed;
        private double failed;

        Field(double gain, double loss, int most) {
            this.gain = gain;
            this.loss = loss;
            int gains = room(gain, most);
            int losses = room(loss, most);
            alive = new double[losses + 1][gains + 1];
            alive[0][0] = 1;
            pass = new int[losses + 1];
            fail = new int[losses + 1];
            Arrays.fill(pass, Integer.MAX_VALUE);
            Arrays.fill(fail, Integer.MAX_VALUE);
        }

        private static int room(double p, int most) {
            return (int) Math.min(most, Math.ceil(most * p + DEVIATIONS * Math.sqrt(most * p) + 2 * DEVIATIONS));
        }

        void step(int n) {
            highLoss = Math.min(highLoss + 1, alive.length - 1);
            highGain = Math.min(highGain + 1, alive[0].length - 1);
            double tie = 1 - gain - loss;
            for (int l = highLoss; l >= lowLoss; l--) {
                double[] row = alive[l];
                double[] fewer = l > lowLoss ? alive[l - 1] : null;
                for (int g = highGain; g >= lowGain; g--) {
                    row[g] = row[g] * tie
                            + (g > lowGain ? row[g - 1] * gain : 0)
                            + (fewer != null ? fewer[g] * loss : 0);
                }
            }
            for (int l = lowLoss; l <= Math.min(highLoss, n); l++) {
                stop(l, n);
            }
            narrow();
        }

        // For given losses, both the least gains that prove one thing and the most that prove the other only fall as
        // pairs
        // that tell nothing are added; what lies beyond the gains that there can be is not known yet.
        private void stop(int l, int n) {
            int most = n - l;
            int least = Math.min(pass[l], most + 1);
            while (least > 0 && above.wins(least - 1, l, most - least + 1)) {
                least--;
            }
            pass[l] = least <= most ? least : pass[l];
            int worst = Math.min(fail[l], most);
            while (worst >= 0 && !below.wins(l, worst, most - worst)) {
                worst--;
            }
            fail[l] = worst < most ? worst : fail[l];
            double[] row = alive[l];
            for (int g = Math.max(lowGain, least); g <= highGain; g++) {
                passed += row[g];
                row[g] = 0;
            }
            for (int g = lowGain; g <= Math.min(highGain, worst); g++) {
                failed += row[g];
                row[g] = 0;
            }
        }

        private void narrow() {
            while (lowLoss < highLoss && empty(lowLoss)) {
                clear(lowLoss++);
            }
            while (highLoss > lowLoss && empty(highLoss)) {
                clear(highLoss--);
            }
            while (lowGain < highGain && emptyColumn(lowGain)) {
                clearColumn(lowGain++);
            }
            while (highGain > lowGain && emptyColumn(highGain)) {
                clearColumn(highGain--);
            }
        }

        private boolean empty(int l) {
            for (int g = lowGain; g <= highGain; g++) {
                if (alive[l][g] >= NEGLIGIBLE) {
                    return false;
                }
            }
            return true;
        }

        private void clear(int l) {
            Arrays.fill(alive[l], lowGain, highGain + 1, 0);
        }

        private boolean emptyColumn(int g) {
            for (int l = lowLoss; l <= highLoss; l++) {
                if (alive[l][g] >= NEGLIGIBLE) {
                    return false;
                }
            }
            return true;
        }

        private void clearColumn(int g) {
            for (int l = lowLoss; l <= highLoss; l++) {
                alive[l][g] = 0;
            }
        }
    }
}
