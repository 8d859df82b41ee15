package dev.rung.ladder.judge;

import dev.rung.core.economics.Price;
import dev.rung.core.model.Usage;

/**
 * A judge's verdict on one answer.
 *
 * @param accepted whether the answer is acceptable; false as well where there is no verdict
 * @param reason the judge's own words, or why there is no verdict
 * @param given whether the judge came to a verdict at all
 */
public record Judgement(boolean accepted, String reason, boolean given, Usage usage, Price price) {
    /** Returns 1 for an accepted answer, 0 for any other. */
    public double score() {
        return accepted ? 1 : 0;
    }
}
