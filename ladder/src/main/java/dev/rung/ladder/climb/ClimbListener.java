package dev.rung.ladder.climb;

import dev.rung.core.data.Split;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.rung.Rung;

/** Who watches a climb as it happens; called on the climbing thread. */
public interface ClimbListener {
    /** A candidate is being built. */
    void building(Rung rung, String name);

    /** A candidate has answered one more of the {@code rows} of a split. */
    void answered(Rung rung, String name, Split split, Evidence evidence, int rows);

    /** A candidate's line is final. */
    void finished(Candidate candidate);
}
