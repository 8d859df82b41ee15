package dev.rung.core.data;

import dev.rung.core.Sha256;
import java.util.List;

/**
 * A task's examples, split.
 *
 * @param unlabelled inputs that nobody has labelled, to be labelled by a validated solution
 * @param hash of every example's place, cluster, split, input and expected output
 * @param salt of the hash that assigned the splits
 */
public record TaskData(
        List<Example> train,
        List<Example> tune,
        List<Example> calibrate,
        SealedExamples sealed,
        List<Example> unlabelled,
        Sha256 hash,
        String salt) {
    public TaskData {
        train = List.copyOf(train);
        tune = List.copyOf(tune);
        calibrate = List.copyOf(calibrate);
        unlabelled = List.copyOf(unlabelled);
    }
}
