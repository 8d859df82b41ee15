package dev.rung.core.evidence;

import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Outcomes for tests. */
final class Outcomes {
    private Outcomes() {}

    static Outcome of(int line, boolean right) {
        return of(
                line, "cluster-" + line, Map.of(Metric.ACCURACY, right ? 1.0 : 0.0), Duration.ofMillis(5), "0.000001");
    }

    static Outcome of(int line, String cluster, Map<Metric, Double> scores, Duration time, String dollars) {
        boolean right = scores.getOrDefault(Metric.ACCURACY, 0.0) == 1;
        return new Outcome(
                new ExampleId("rows.csv", line),
                cluster,
                new Output.Label("a"),
                new Output.Label(right ? "a" : "b"),
                0.9,
                scores,
                time,
                new Price.Known(Usd.of(dollars)));
    }

    static Outcome scored(int line, Metric metric, double score) {
        return of(line, "cluster-" + line, Map.of(metric, score), Duration.ofMillis(5), "0.000001");
    }

    static Outcome timed(int line, Duration time) {
        return of(line, "cluster-" + line, Map.of(), time, "0.000001");
    }

    static Outcome priced(int line, String dollars) {
        return of(line, "cluster-" + line, Map.of(), Duration.ofMillis(5), dollars);
    }

    /** Returns {@code n} outcomes of which the first {@code right} are right. */
    static List<Outcome> rights(int right, int n) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 1; i <= n; i++) {
            outcomes.add(of(i, i <= right));
        }
        return outcomes;
    }
}
