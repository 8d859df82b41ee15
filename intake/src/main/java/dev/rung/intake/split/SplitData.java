package dev.rung.intake.split;

import dev.rung.core.Sha256;
import dev.rung.core.data.Split;
import dev.rung.core.data.TaskData;
import java.util.List;
import java.util.Map;

/**
 * A task's data with what splitting it brought up.
 *
 * @param hashes of each split's rows
 * @param leaks duplicates in two splits: of files that the task names for splits, which are kept as they are, and of rows that tie two old clusters together
 * @param contamination of the sealed rows, of which those that are set aside are not among the data
 * @param notices what a user should know and that stops nothing
 */
public record SplitData(
        TaskData data, Map<Split, Sha256> hashes, List<Leak> leaks, Contamination contamination, List<String> notices) {
    public SplitData {
        hashes = Map.copyOf(hashes);
        leaks = List.copyOf(leaks);
        notices = List.copyOf(notices);
    }
}
