package dev.rung.core.evidence.promise;

/**
 * A question whose right answer is known, seen by what decides whether a solver may answer by itself.
 *
 * @param cluster the duplicate cluster that the question belongs to
 * @param confidence how sure the solver is, in any unit that rises with it; not a number where it cannot tell, and then it is never let answer
 * @param harmful whether its answer, let through, would do harm: it is wrong, or, where another solver stands behind it, wrong while the other's is right
 */
public record CalibrationRow(String cluster, double confidence, boolean harmful) {}
