package dev.rung.learn;

/** The mean of −ln of the probability given to what was right, in nats. */
public final class LogLoss {
    /** A probability below this counts as this, so that one certain mistake does not make the mean infinite. */
    private static final double LEAST = 1e-15;

    private LogLoss() {}

    /** Returns the log loss of {@code probabilities}; rows with a negative label do not count. */
    public static double of(ScoreTable probabilities, int[] labelOfRow) {
        double sum = 0;
        int counted = 0;
        for (int row = 0; row < probabilities.rows(); row++) {
            if (labelOfRow[row] >= 0) {
                sum -= Math.log(Math.max(LEAST, probabilities.get(row, labelOfRow[row])));
                counted++;
            }
        }
        return counted == 0 ? 0 : sum / counted;
    }
}
