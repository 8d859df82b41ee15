package dev.rung.core.evidence.paired;

import dev.rung.core.data.ExampleId;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.task.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What two solutions scored on one example.
 *
 * @param cluster the duplicate cluster that the example belongs to
 * @param candidate the candidate's score, from 0 to 1
 * @param incumbent the incumbent's score, from 0 to 1
 */
public record Pair(String cluster, double candidate, double incumbent) {
    public Pair {
        if (!(candidate >= 0 && candidate <= 1 && incumbent >= 0 && incumbent <= 1)) {
            throw new IllegalArgumentException("scores lie between 0 and 1: " + candidate + ", " + incumbent);
        }
    }

    /** Returns the candidate's score less the incumbent's. */
    public double difference() {
        return candidate - incumbent;
    }

    /**
     * Returns the pairs of two trials by one metric, in the candidate's order: one for each example that both answered and the metric applies to.
     *
     * <p>Each trial must have stopped, if it stopped early, for a reason that lies in its rows so far and not in those that are left out here.
     */
    public static List<Pair> of(List<Outcome> candidate, List<Outcome> incumbent, Metric metric) {
        Map<ExampleId, Outcome> before = new HashMap<>();
        incumbent.forEach(outcome -> before.put(outcome.example(), outcome));
        List<Pair> pairs = new ArrayList<>();
        for (Outcome now : candidate) {
            Outcome then = before.get(now.example());
            Double score = now.scores().get(metric);
            Double other = then == null ? null : then.scores().get(metric);
            if (score != null && other != null) {
                pairs.add(new Pair(now.cluster(), score, other));
            }
        }
        return pairs;
    }
}
