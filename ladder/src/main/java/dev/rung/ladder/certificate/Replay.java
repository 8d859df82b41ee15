package dev.rung.ladder.certificate;

import dev.rung.core.data.ExampleId;
import dev.rung.core.rung.Answer;

/** Asks the certified solution once more. */
@FunctionalInterface
public interface Replay {
    /** Returns the solution's answer to the input of a sealed row. */
    Answer answer(ExampleId example);
}
