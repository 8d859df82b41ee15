package dev.rung.core.model;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A model's choice among given labels.
 *
 * @param label the most probable one, exactly
 * @param scores per label, best first: probabilities that sum to at most 1; labels that the search never followed to their end share what is at most left to them
 * @param time how long the model was busy when the call was made
 */
public record LabelChoice(String label, SequencedMap<String, Double> scores, Usage usage, Duration time) {
    public LabelChoice {
        scores = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(scores));
        if (!scores.containsKey(label)) {
            throw new IllegalArgumentException("the chosen label has no score: " + label);
        }
    }

    /** Returns the score of the chosen label. */
    public double confidence() {
        return scores.getOrDefault(label, 0.0);
    }
}
