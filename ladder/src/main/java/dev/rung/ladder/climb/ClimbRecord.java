package dev.rung.ladder.climb;

import dev.rung.core.Sha256;
import dev.rung.core.data.Split;
import dev.rung.core.evidence.Draw;
import dev.rung.core.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What happened on a climb.
 *
 * @param data the hash of all examples and their splits
 * @param sealed the hash of the sealed examples in their order
 * @param sizes how many examples each split has
 * @param candidates in the order in which they were tried; those that were not stand where their turn would have been
 * @param draws every draw on the error budget of these sealed examples, earlier climbs included
 * @param sealedAccesses how many sealed rows were handed out on this climb
 * @param took the time of this run; a resumed climb counts only since it was resumed
 */
public record ClimbRecord(
        Task task,
        Sha256 data,
        Sha256 sealed,
        Map<Split, Integer> sizes,
        String salt,
        long seed,
        Instant started,
        Duration took,
        List<Candidate> candidates,
        List<Draw> draws,
        long sealedAccesses,
        Decision decision) {
    public ClimbRecord {
        sizes = Map.copyOf(sizes);
        candidates = List.copyOf(candidates);
        draws = List.copyOf(draws);
    }
}
