package dev.rung.models.openai;

import dev.rung.core.RungException;
import java.time.Duration;

/** What came of one request. */
sealed interface Outcome {
    /** An answer. */
    record Answered(ChatReply reply) implements Outcome {}

    /** A failure that asking again would not mend. */
    record Final(RungException why) implements Outcome {}

    /**
     * A failure that may pass.
     *
     * @param reachable whether there was a server at all
     * @param told whether the server asked for a pause, which is no failure of its own
     * @param floor the least wait before the next request
     */
    record Again(String why, boolean reachable, boolean told, Duration floor) implements Outcome {}
}
