package dev.rung.ladder.certificate;

import dev.rung.core.Sha256;
import dev.rung.core.evidence.ErrorBudget;
import dev.rung.core.model.ModelCard;
import dev.rung.core.rung.Solution;
import dev.rung.core.task.Task;
import dev.rung.ladder.climb.Kept;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a climb did, as its certificate tells it.
 *
 * @param spec the hash of the task file
 * @param trials in the order in which they were made
 * @param budget with every draw so far, those of earlier climbs included
 * @param models that the climb could use
 * @param versions of everything whose change could change a result, by name
 * @param mended what the winner made of the regression sets
 * @param winner the solution of the trial that passed on sealed rows; null when none did
 */
public record CertifiedClimb(
        Task task,
        Sha256 spec,
        DataStamp data,
        AccessStamp accesses,
        List<Trial> trials,
        ErrorBudget budget,
        List<ModelCard> models,
        long seed,
        SequencedMap<String, String> versions,
        Instant time,
        List<Kept.Mended> mended,
        @Nullable Solution winner) {
    public CertifiedClimb {
        trials = List.copyOf(trials);
        mended = List.copyOf(mended);
        models = List.copyOf(models);
        versions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(versions));
    }
}
