package dev.rung.core.evidence.plan;

/**
 * How sure a plan wants to be.
 *
 * @param alpha the largest chance of proving what is not so
 * @param beta the largest chance of refuting what is so, where a test may stop early for that
 * @param power the chance wanted of proving what is so
 */
public record Strictness(double alpha, double beta, double power) {
    /** The error of a FAIL, and of a WORSE, in a climb. */
    public static final double BETA = 0.05;

    public Strictness {
        check(alpha, "alpha");
        check(beta, "beta");
        check(power, "the power");
    }

    private static void check(double value, String name) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " lies strictly between 0 and 1: " + value);
        }
    }
}
