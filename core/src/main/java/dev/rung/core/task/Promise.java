package dev.rung.core.task;

import dev.rung.core.json.Json;

/**
 * A bound on harm: how often, of all questions, a solver may answer by itself and be wrong.
 *
 * <p>The share is of all questions, not of those that it answers: what counts for whoever asks is the number of wrong answers let through.
 *
 * @param harm the largest share, strictly between 0 and 1
 * @param confidence the least probability, over the draw of the rows that a threshold is derived from, that the share is kept; strictly between 0 and 1
 */
public record Promise(double harm, double confidence) {
    public Promise {
        if (!(harm > 0 && harm < 1)) {
            throw new IllegalArgumentException("harm lies strictly between 0 and 1: " + harm);
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence lies strictly between 0 and 1: " + confidence);
        }
    }

    /**
     * Returns what a task promises that does not say: half of the errors that the bar's floor for the headline metric leaves, so that the other half is left to
     * whoever answers the rest, at the bar's confidence. Between 0.5 % and 50 %; 2 % where the bar has no such floor.
     */
    public static Promise within(Bar bar, Metric headline) {
        double harm = 0.02;
        for (Requirement requirement : bar.requirements()) {
            if (requirement instanceof Requirement.AtLeast(Metric metric, double floor) && metric == headline) {
                harm = Math.max(0.005, Math.round((1 - floor) / 2 * 1e9) / 1e9);
            }
        }
        return new Promise(harm, bar.confidence());
    }

    /** Returns the promise as JSON; {@link #fromJson} reads it back. */
    public Json.Obj toJson() {
        return Json.object("harm", Json.of(harm), "confidence", Json.of(confidence));
    }

    public static Promise fromJson(Json.Obj json) {
        return new Promise(
                json.number("harm").doubleValue(), json.number("confidence").doubleValue());
    }
}
