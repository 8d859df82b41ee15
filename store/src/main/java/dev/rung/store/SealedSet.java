package dev.rung.store;

import dev.rung.core.Sha256;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.task.TaskName;
import java.util.Set;

/**
 * A task's sealed rows as the ledger recognises them.
 *
 * @param hash of all rows in order
 * @param marks by which its rows are known in other sealed sets, too
 */
public record SealedSet(TaskName task, Sha256 hash, Set<Sha256> marks) {
    public SealedSet {
        marks = Set.copyOf(marks);
    }

    /** Returns the set of {@code sealed}; no row is opened for it. */
    public static SealedSet of(TaskName task, SealedExamples sealed) {
        return new SealedSet(task, sealed.hash(), sealed.marks());
    }
}
