package dev.rung.ladder.climb;

import dev.rung.core.Sha256;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.paired.NonInferiority;
import dev.rung.core.evidence.paired.Pair;
import dev.rung.core.evidence.paired.PairedComparison;
import dev.rung.core.evidence.paired.PairedCost;
import dev.rung.core.evidence.paired.PairedResult;
import dev.rung.core.evidence.paired.Saving;
import dev.rung.core.rung.ReleaseId;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Task;
import dev.rung.ladder.trial.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The release that a candidate may not be worse than by a margin, on the same sealed rows; used by one thread.
 *
 * <p>Its answers are those that it was certified with where the rows are the same; the others are asked for, once, when the first candidate needs them.
 */
public final class Incumbent implements AutoCloseable {
    private final ReleaseId release;
    private final Sha256 solution;
    private final double margin;
    private final Map<ExampleId, Outcome> known = new HashMap<>();
    private final Supplier<Solver> loader;
    private @Nullable Solver solver;

    /**
     * @param solution the hash of the release's solution
     * @param margin the loss of the headline metric's mean that is not accepted, strictly between 0 and 1
     * @param certified the outcomes that it was certified with
     * @param loader loads it; closed with this
     */
    public Incumbent(
            ReleaseId release, Sha256 solution, double margin, List<Outcome> certified, Supplier<Solver> loader) {
        this.release = release;
        this.solution = solution;
        this.margin = margin;
        this.loader = loader;
        certified.forEach(outcome -> known.put(outcome.example(), outcome));
    }

    public ReleaseId release() {
        return release;
    }

    Sha256 solution() {
        return solution;
    }

    double margin() {
        return margin;
    }

    /**
     * What a candidate is against an incumbent.
     *
     * @param outcomes the incumbent's, on the candidate's rows
     */
    public record Against(
            ReleaseId release,
            Sha256 solution,
            Metric metric,
            List<Outcome> outcomes,
            PairedResult result,
            Saving saving) {
        public Against {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** Compares by the task's headline metric, at level {@code alpha}; {@code candidate} has answered every sealed row, in order. */
    Against against(Task task, List<Outcome> candidate, SealedExamples sealed, double alpha, double beta) {
        Metric metric = Metric.of(task.output()).getFirst();
        List<Outcome> mine = new ArrayList<>();
        for (int index = 0; index < candidate.size(); index++) {
            mine.add(outcome(task, candidate.get(index), sealed, index));
        }
        List<Pair> pairs = Pair.of(candidate, mine, metric);
        NonInferiority question = new NonInferiority(margin, alpha, beta);
        PairedResult result = metric.binary()
                ? PairedComparison.ofRates(pairs, question)
                : PairedComparison.ofScores(pairs, question);
        Saving saving = Saving.of(PairedCost.of(candidate, mine), task.bar().confidence());
        return new Against(release, solution, metric, mine, result, saving);
    }

    private Outcome outcome(Task task, Outcome candidate, SealedExamples sealed, int index) {
        Outcome before = known.get(candidate.example());
        if (before != null
                && before.expected().equals(candidate.expected())
                && before.cluster().equals(candidate.cluster())) {
            return before;
        }
        Solver loaded = solver == null ? loader.get() : solver;
        solver = loaded;
        Outcome asked = Trial.of(loaded, task, sealed.open(index, "compare with " + release));
        known.put(asked.example(), asked);
        return asked;
    }

    @Override
    public void close() {
        if (solver != null) {
            solver.close();
        }
    }
}
