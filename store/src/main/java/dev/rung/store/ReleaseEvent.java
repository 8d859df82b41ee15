package dev.rung.store;

import dev.rung.core.rung.ReleaseId;
import dev.rung.core.task.TaskName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of what is in force for a task.
 *
 * @param release in force from then on
 * @param before what was in force until then, if anything was
 */
public record ReleaseEvent(
        TaskName task,
        Kind kind,
        ReleaseId release,
        @Nullable ReleaseId before,
        Instant at) {
    /** How the change came about. */
    public enum Kind {
        PROMOTED,
        ROLLED_BACK
    }
}
