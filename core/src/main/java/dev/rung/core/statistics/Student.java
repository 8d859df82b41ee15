package dev.rung.core.statistics;

/** Student's t distribution: its square is a ratio of a Beta variable and its complement. */
public final class Student {
    private Student() {}

    /** Returns the value that is passed with chance {@code error}, below one half, given {@code freedom} degrees of freedom, at least 1. */
    public static double upperQuantile(double error, double freedom) {
        double beta = IncompleteBeta.inverse(2 * error, 0.5 * freedom, 0.5);
        return Math.sqrt(freedom * (1 - beta) / beta);
    }
}
