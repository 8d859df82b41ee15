package dev.rung.core.model;

import java.time.Duration;

/**
 * A model's text.
 *
 * @param probability of the whole text given the prompt, if the model tells; otherwise not a number
 * @param time how long the model was busy when the call was made
 */
public record Completion(String text, Finish finish, double probability, Usage usage, Duration time) {
    /** Why the text ends. */
    public enum Finish {
        STOP,
        LENGTH,
        REFUSAL
    }
}
