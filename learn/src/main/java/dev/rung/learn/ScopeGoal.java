package dev.rung.learn;

/**
 * What a student is wanted for, as far as the threshold for out-of-scope decides it: shares that must be reached, each not a number where nothing is asked.
 *
 * @param accuracy of all rows
 * @param inScopeAccuracy of the rows that are in scope
 * @param recall of the rows that are out of scope
 * @param falseAlarms of the rows that are in scope, at most
 */
public record ScopeGoal(double accuracy, double inScopeAccuracy, double recall, double falseAlarms) {
    /** Nothing is asked. */
    public static final ScopeGoal NONE = new ScopeGoal(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** Tells whether anything is asked that a threshold with the most right answers could miss. */
    boolean weighs() {
        return !Double.isNaN(recall) || !Double.isNaN(falseAlarms) || !Double.isNaN(inScopeAccuracy);
    }

    /**
     * Returns by how many standard deviations the goal that is nearest to being missed is reached, each share taken for its mean under a uniform prior, so that the
     * few rows that are out of scope count for as much as they can tell.
     */
    double margin(int inside, int insideRight, int alarms, int outside, int recalled) {
        double least = Double.POSITIVE_INFINITY;
        least = Math.min(least, above(accuracy, insideRight + recalled, inside + outside));
        least = Math.min(least, above(inScopeAccuracy, insideRight, inside));
        least = Math.min(least, above(recall, recalled, outside));
        return Math.min(least, above(1 - falseAlarms, inside - alarms, inside));
    }

    private static double above(double floor, int hits, int rows) {
        if (Double.isNaN(floor)) {
            return Double.POSITIVE_INFINITY;
        }
        double mean = (hits + 1.0) / (rows + 2);
        return (mean - floor) / Math.sqrt(mean * (1 - mean) / (rows + 3));
    }
}
