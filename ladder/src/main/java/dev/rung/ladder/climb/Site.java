package dev.rung.ladder.climb;

import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.data.TaskData;
import dev.rung.core.economics.Pricing;
import dev.rung.core.model.Encoder;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.task.Task;
import dev.rung.ladder.trial.AnswerJudge;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a rung may build with. The sealed rows are not here.
 *
 * @param train to learn from
 * @param tune to choose on
 * @param calibrate to set thresholds on
 * @param unlabelled inputs without an expected output
 * @param models that may see the task's data, and are usable here, in the task's order; every call is saved
 * @param modelsLeftOut why the others are not
 * @param encoder with its vectors kept, or null where it cannot be had
 * @param machine what an hour on this machine costs, for solvers that run on it
 * @param validated a solution that has passed before, to label unlabelled rows with; null where there is none
 * @param seed of every random choice
 * @param judge of answers in text, where the bar asks for a judge score; null elsewhere
 */
public record Site(
        Task task,
        List<Example> train,
        List<Example> tune,
        List<Example> calibrate,
        List<Example> unlabelled,
        List<LanguageModel> models,
        List<Missing> modelsLeftOut,
        @Nullable Encoder encoder,
        Pricing machine,
        @Nullable Validated validated,
        Artifacts artifacts,
        Progress progress,
        long seed,
        @Nullable AnswerJudge judge) {
    /** A model that cannot be used here, and why. */
    public record Missing(String model, String reason) {}

    /** Returns the site of {@code data} without its sealed rows. */
    public static Site of(
            Task task,
            TaskData data,
            List<LanguageModel> models,
            List<Missing> modelsLeftOut,
            @Nullable Encoder encoder,
            Pricing machine,
            @Nullable Validated validated,
            Artifacts artifacts,
            Progress progress,
            long seed) {
        return new Site(
                task,
                data.train(),
                data.tune(),
                data.calibrate(),
                data.unlabelled(),
                List.copyOf(models),
                List.copyOf(modelsLeftOut),
                encoder,
                machine,
                validated,
                artifacts,
                progress,
                seed,
                null);
    }

    /** Returns this site with a judge of its answers. */
    public Site judgedBy(AnswerJudge answerJudge) {
        return new Site(
                task,
                train,
                tune,
                calibrate,
                unlabelled,
                models,
                modelsLeftOut,
                encoder,
                machine,
                validated,
                artifacts,
                progress,
                seed,
                answerJudge);
    }

    /** Returns the half of the calibrate split on which to set the confidence of a solver whose threshold is to carry a promise. */
    public List<Example> calibrateConfidence() {
        return half(false);
    }

    /**
     * Returns the other half, to derive that threshold on. A solver that has learned anything from these rows, were it only its temperature, would look better on
     * them than it is.
     */
    public List<Example> calibrateThreshold() {
        return half(true);
    }

    // Clusters in the order of a seeded hash, alternately: as good as drawn by lot, and halves of equal size.
    private List<Example> half(boolean threshold) {
        SortedMap<String, String> byHash = new TreeMap<>();
        for (Example example : calibrate) {
            byHash.put(Sha256.of(seed + "\nthreshold\n" + example.cluster()).hex(), example.cluster());
        }
        Set<String> chosen = new HashSet<>();
        boolean take = true;
        for (String cluster : byHash.values()) {
            if (take) {
                chosen.add(cluster);
            }
            take = !take;
        }
        return calibrate.stream()
                .filter(example -> chosen.contains(example.cluster()) == threshold)
                .toList();
    }
}
