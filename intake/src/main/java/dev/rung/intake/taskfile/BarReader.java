package dev.rung.intake.taskfile;

import dev.rung.core.economics.Usd;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
import dev.rung.json.Yaml;
import dev.rung.json.spec.Keys;
import dev.rung.json.spec.Located;
import dev.rung.json.spec.Problems;
import dev.rung.json.spec.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        List<String> keys = means();
        keys.add(TaskSpec.Bar.CONFIDENCE);
        keys.add(TaskSpec.Bar.MACRO_F1);
        keys.add(TaskSpec.Bar.JUDGE_SCORE);
        keys.add(TaskSpec.Bar.LABEL_RECALL);
        keys.add(TaskSpec.Bar.SLICES);
        keys.add(RulesReader.NOT_WORSE);
        return keys;
    }

    private static List<Metric> metrics() {
        return Arrays.stream(Metric.values())
                .filter(metric -> !metric.weighsSilence())
                .toList();
    }

    private static List<String> means() {
        List<String> keys = new ArrayList<>();
        metrics().forEach(metric -> keys.add(metric.key()));
        keys.addAll(TaskSpec.Bar.LATENCIES);
        keys.add(TaskSpec.Bar.COST);
        return keys;
    }

    TaskSpec.@Nullable Bar read(@Nullable Yaml node) {
        Keys keys = node == null ? null : Keys.of(node, keys(), problems);
        if (keys == null) {
            return null;
        }
        int before = problems.count();
        TaskSpec.Bar.Means all = means(keys);
        Yaml macro = keys.get(TaskSpec.Bar.MACRO_F1);
        Double macroF1 = macro == null ? null : Values.rate(macro, problems);
        Yaml judge = keys.get(TaskSpec.Bar.JUDGE_SCORE);
        Double judgeScore = judge == null ? null : Values.rate(judge, problems);
        SequencedMap<String, Located<Double>> labelRecall = labelRecall(keys.get(TaskSpec.Bar.LABEL_RECALL));
        List<TaskSpec.Bar.OnSlice> slices = slices(keys.get(TaskSpec.Bar.SLICES));
        boolean quality = !all.rates().isEmpty()
                || macroF1 != null
                || judgeScore != null
                || !labelRecall.isEmpty()
                || !slices.isEmpty();
        if (!quality && problems.count() == before) {
            problems.add(
                    keys.place(),
                    "no quality",
                    "at least one metric, such as accuracy",
                    "Add one, such as: accuracy: 0.90");
            return null;
        }
        return new TaskSpec.Bar(keys.place(), all, macroF1, judgeScore, labelRecall, slices, confidence(keys));
    }

    private TaskSpec.Bar.Means means(Keys keys) {
        SequencedMap<Metric, Located<Double>> rates = new LinkedHashMap<>();
        for (Metric metric : metrics()) {
            Yaml value = keys.get(metric.key());
            Double rate = value == null ? null : Values.rate(value, problems);
            if (value != null && rate != null) {
                rates.put(metric, new Located<>(rate, value.place()));
            }
        }
        List<Requirement.Mean> ceilings = new ArrayList<>();
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
        return new TaskSpec.Bar.Means(rates, ceilings);
    }

    // One rate for every label, or a map of labels to rates.
    private SequencedMap<String, Located<Double>> labelRecall(@Nullable Yaml node) {
        SequencedMap<String, Located<Double>> floors = new LinkedHashMap<>();
        if (node instanceof Yaml.Mapping mapping) {
            for (Map.Entry<String, Yaml.Entry> label : mapping.entries().entrySet()) {
                putRate(floors, label.getKey(), label.getValue().value());
            }
        } else if (node != null) {
            putRate(floors, TaskSpec.Bar.EVERY, node);
        }
        return floors;
    }

    private void putRate(SequencedMap<String, Located<Double>> into, String label, Yaml node) {
        Double floor = Values.rate(node, problems);
        if (floor != null) {
            into.put(label, new Located<>(floor, node.place()));
        }
    }

    private List<TaskSpec.Bar.OnSlice> slices(@Nullable Yaml node) {
        List<TaskSpec.Bar.OnSlice> slices = new ArrayList<>();
        if (node == null) {
            return slices;
        }
        if (!(node instanceof Yaml.Sequence sequence)) {
            problems.add(
                    node.place(),
                    node.describe(),
                    "a list of slices, each with its own bar",
                    "Write, for example: [{ where: { language: de }, accuracy: 0.85 }]");
            return slices;
        }
        for (Yaml item : sequence.items()) {
            List<String> known = means();
            known.add(TaskSpec.Bar.WHERE);
            Keys keys = Keys.of(item, known, problems);
            Slice slice = keys == null ? null : where(keys);
            if (keys != null && slice != null) {
                slices.add(new TaskSpec.Bar.OnSlice(keys.place(), slice, means(keys)));
            }
        }
        return slices;
    }

    private @Nullable Slice where(Keys keys) {
        String example = "where: { language: de }";
        Yaml where = keys.require(TaskSpec.Bar.WHERE, "which examples the slice has", example);
        if (where == null) {
            return null;
        }
        if (where instanceof Yaml.Mapping mapping && mapping.entries().size() == 1) {
            Map.Entry<String, Yaml.Entry> only =
                    mapping.entries().entrySet().iterator().next();
            Located<String> value = Values.text(only.getValue().value(), "a value", example, problems);
            return value == null ? null : new Slice(only.getKey(), value.value());
        }
        problems.add(
                where.place(),
                where.describe(),
                "one facet and its value; a facet is label, language, length or a column",
                "Write, for example: " + example);
        return null;
    }

    private double confidence(Keys keys) {
        Yaml node = keys.get(TaskSpec.Bar.CONFIDENCE);
        Double confidence = node == null ? null : confidence(node, problems);
        return confidence == null ? TaskSpec.Bar.DEFAULT_CONFIDENCE : confidence;
    }

    /** Returns a confidence from 0.5 to below 1. */
    static @Nullable Double confidence(Yaml node, Problems problems) {
        Double confidence = Values.rate(node, problems);
        if (confidence != null && (confidence < 0.5 || confidence >= 1)) {
            problems.add(node.place(), node.describe(), "a confidence from 0.5 to below 1", "Write, for example: 0.95");
            return null;
        }
        return confidence;
    }
}
