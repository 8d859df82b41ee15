package dev.rung.ladder.climb;

import dev.rung.core.data.Example;
import dev.rung.core.rung.Solver;
import java.util.List;

/** A solver whose confidence, or anything else of it, was set on the calibrate split, and can be set on other rows. */
public interface Calibrated extends Solver {
    /** Returns the same solver with all that is set on calibration rows set on {@code rows}; the caller closes it. */
    Solver calibratedOn(List<Example> rows);
}
