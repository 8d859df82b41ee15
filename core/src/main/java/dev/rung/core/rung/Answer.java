package dev.rung.core.rung;

import dev.rung.core.economics.Price;
import dev.rung.core.model.Usage;
import dev.rung.core.task.Output;
import java.time.Duration;

/**
 * A solver's answer.
 *
 * @param confidence the calibrated probability that the output is right, or that the answer held back would have been, from 0 to 1; not a number where the solver cannot tell
 * @param time how long the answer took, or took when its model call was made and saved
 */
public record Answer(
        Output output, double confidence, Usage usage, Price price, Duration time, Provenance provenance) {}
