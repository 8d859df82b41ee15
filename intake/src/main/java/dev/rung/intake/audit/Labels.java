package dev.rung.intake.audit;

import dev.rung.core.task.OutputContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many rows each label has, in all and in the splits that need most of them. */
final class Labels {
    private static final int FEW = 10;

    private final Map<String, Long> all = new TreeMap<>();
    private final Map<String, Long> train = new HashMap<>();
    private final Map<String, Long> sealed = new HashMap<>();

    static Labels of(AuditedRows rows) {
        Labels labels = new Labels();
        Map<Integer, String> names = new HashMap<>();
        for (int row = 0; row < rows.end(); row++) {
            if (!rows.includes(row)) {
                continue;
            }
            String name = names.computeIfAbsent(rows.all().answer(row), rows.all()::answerText);
            labels.all.merge(name, 1L, Long::sum);
            switch (rows.all().split(row)) {
                case TRAIN -> labels.train.merge(name, 1L, Long::sum);
                case SEALED -> labels.sealed.merge(name, 1L, Long::sum);
                case TUNE, CALIBRATE -> {
                    // Choices need fewer rows of a label than learning and proving do.
                }
            }
        }
        return labels;
    }

    Map<String, Long> counts() {
        return all;
    }

    List<Finding> shortages(OutputContract.Labels contract) {
        List<Finding> findings = new ArrayList<>();
        List<String> few = contract.descriptions().keySet().stream()
                .filter(label -> train.getOrDefault(label, 0L) < FEW)
                .map(label -> label + " (" + train.getOrDefault(label, 0L) + ")")
                .toList();
        if (!few.isEmpty()) {
            findings.add(new Finding(
                    "class-shortage",
                    Severity.WARNING,
                    few.size(),
                    "labels with fewer than " + FEW + " training rows: " + String.join(", ", few),
                    List.of()));
        }
        List<String> unproved = contract.descriptions().keySet().stream()
                .filter(label -> !sealed.containsKey(label))
                .toList();
        if (!unproved.isEmpty() && !sealed.isEmpty()) {
            findings.add(new Finding(
                    "unproved-labels",
                    Severity.NOTE,
                    unproved.size(),
                    "labels without a sealed row, on which nothing is proved: " + String.join(", ", unproved),
                    List.of()));
        }
        return findings;
    }
}
