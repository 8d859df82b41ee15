package dev.rung.intake.taskfile;

import dev.rung.core.economics.Usd;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Requirement;
import dev.rung.json.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code bar:}. */
final class BarReader {
    private final Problems problems;

    BarReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns the keys that a bar may have. */
    static List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            keys.add(metric.key());
        }
        keys.add(TaskSpec.Bar.CONFIDENCE);
        keys.addAll(TaskSpec.Bar.LATENCIES);
        keys.add(TaskSpec.Bar.COST);
        return keys;
    }

    TaskSpec.@Nullable Bar read(@Nullable Yaml node) {
        Keys keys = node == null ? null : Keys.of(node, keys(), problems);
        if (keys == null) {
            return null;
        }
        SequencedMap<Metric, Located<Double>> floors = new LinkedHashMap<>();
        boolean wrong = false;
        for (Metric metric : Metric.values()) {
            Yaml value = keys.get(metric.key());
            if (value != null) {
                Double floor = Values.rate(value, problems);
                if (floor != null) {
                    floors.put(metric, new Located<>(floor, value.place()));
                }
                wrong |= floor == null;
            }
        }
        List<Requirement> ceilings = new ArrayList<>();
        for (String key : TaskSpec.Bar.LATENCIES) {
            Yaml value = keys.get(key);
            Duration ceiling = value == null ? null : Values.duration(value, problems);
            if (ceiling != null) {
                double quantile = Integer.parseInt(key.substring(1, 3)) / 100.0;
                ceilings.add(new Requirement.LatencyAtMost(quantile, ceiling));
            }
        }
        Yaml cost = keys.get(TaskSpec.Bar.COST);
        Usd most = cost == null ? null : Values.money(cost, problems);
        if (most != null) {
            ceilings.add(new Requirement.CostAtMost(most));
        }
        if (floors.isEmpty() && !wrong) {
            problems.add(
                    keys.place(),
                    "no quality",
                    "at least one metric, such as accuracy",
                    "Add one, such as: accuracy: 0.90");
            return null;
        }
        return new TaskSpec.Bar(keys.place(), floors, ceilings, confidence(keys));
    }

    private double confidence(Keys keys) {
        Yaml node = keys.get(TaskSpec.Bar.CONFIDENCE);
        Double confidence = node == null ? null : Values.rate(node, problems);
        if (node == null || confidence == null) {
            return TaskSpec.Bar.DEFAULT_CONFIDENCE;
        }
        if (confidence < 0.5 || confidence >= 1) {
            problems.add(node.place(), node.describe(), "a confidence from 0.5 to below 1", "Write, for example: 0.95");
            return TaskSpec.Bar.DEFAULT_CONFIDENCE;
        }
        return confidence;
    }
}
