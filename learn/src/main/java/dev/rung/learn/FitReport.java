package dev.rung.learn;

/**
 * How a fit ended.
 *
 * @param steps steps of descent taken
 * @param objective mean loss plus penalty at the end, in nats
 * @param gradientRatio length of the gradient over its length at zero weights
 * @param converged whether the tolerance was reached
 */
public record FitReport(int steps, double objective, double gradientRatio, boolean converged) {}
