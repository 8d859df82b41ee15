package dev.rung.learn;

/**
 * How a logistic regression is fitted.
 *
 * @param penalty weight of ½‖W‖² beside the mean loss; above 0. In the terms of liblinear, 1 / (C · rows)
 * @param tolerance the fit has converged when the gradient's length is this fraction of its length at zero weights
 * @param mostSteps a fit that has not converged after so many steps says so in its report
 */
public record SolverSettings(double penalty, double tolerance, int mostSteps) {
    /** Steps of descent remembered; more gains little (Nocedal &amp; Wright, table 7.1). */
    static final int MEMORY = 8;

    public SolverSettings {
        if (!(penalty > 0) || !(tolerance > 0) || mostSteps < 1) {
            throw new IllegalArgumentException("penalty, tolerance and mostSteps must be above 0, found " + penalty
                    + ", " + tolerance + ", " + mostSteps);
        }
    }

    /** Returns settings for a final fit: gradient down to a thousandth. */
    public static SolverSettings of(double penalty) {
        return new SolverSettings(penalty, 1e-3, 300);
    }
}
