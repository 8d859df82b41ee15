package dev.rung.core.evidence.paired;

/**
 * The question whether a candidate is worse than an incumbent by at least a margin.
 *
 * @param margin the loss of mean score that would not be accepted, strictly between 0 and 1
 * @param alpha the largest chance of calling a candidate NOT WORSE that is worse by the margin or more
 * @param beta the largest chance of calling a candidate WORSE that is not
 */
public record NonInferiority(double margin, double alpha, double beta) {
    public NonInferiority {
        check(margin, "a margin");
        check(alpha, "alpha");
        check(beta, "beta");
    }

    private static void check(double value, String name) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " lies strictly between 0 and 1: " + value);
        }
    }

    /** Returns the confidence of a NOT WORSE. */
    public double confidence() {
        return 1 - alpha;
    }
}
