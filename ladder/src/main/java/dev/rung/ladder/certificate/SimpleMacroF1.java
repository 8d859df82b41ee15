package dev.rung.ladder.certificate;

import dev.rung.core.evidence.Outcome;
import dev.rung.core.task.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Macro-F1 and its bounds the plain way: label by label, over lists of rows. */
final class SimpleMacroF1 {
    static final double LEAST_ERROR = 10.0 / 20_000;

    private final List<List<Row>> clusters;

    /** Counts outcomes that all expect a label. */
    SimpleMacroF1(List<Outcome> outcomes) {
        Map<String, List<Row>> byCluster = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            String given =
                    outcome.output() instanceof Output.Label ? outcome.output().text() : "";
            byCluster
                    .computeIfAbsent(outcome.cluster(), c -> new ArrayList<>())
                    .add(new Row(outcome.expected().text(), given));
        }
        clusters = List.copyOf(byCluster.values());
    }

    private record Row(String expected, String given) {}

    double value() {
        return macro(clusters);
    }

    double lower(double error) {
        List<List<Row>> doubted = new ArrayList<>(clusters);
        doubted.add(List.of(new Row(rarest(), "")));
        double bound = SimpleBootstrap.bound(doubted, SimpleMacroF1::macro, count(error), error, true);
        return Math.min(value(), Math.min(bound, macro(doubted)));
    }

    double upper(double error) {
        return clusters.size() < 2
                ? 1
                : Math.max(value(), SimpleBootstrap.bound(clusters, SimpleMacroF1::macro, count(error), error, false));
    }

    private static int count(double error) {
        return (int) Math.min(20_000, Math.max(2_000, Math.ceil(10 / error)));
    }

    private String rarest() {
        Map<String, Integer> rows = new TreeMap<>();
        clusters.forEach(cluster -> cluster.forEach(row -> rows.merge(row.expected(), 1, Integer::sum)));
        String rarest = "";
        int fewest = Integer.MAX_VALUE;
        for (Map.Entry<String, Integer> label : rows.entrySet()) {
            if (label.getValue() < fewest) {
                fewest = label.getValue();
                rarest = label.getKey();
            }
        }
        return rarest;
    }

    private static double macro(List<List<Row>> clusters) {
        Map<String, int[]> counts = new LinkedHashMap<>(); // expected, given, both
        for (List<Row> cluster : clusters) {
            for (Row row : cluster) {
                counts.computeIfAbsent(row.expected(), l -> new int[3])[0]++;
                if (!row.given().isEmpty()) {
                    counts.computeIfAbsent(row.given(), l -> new int[3])[1]++;
                    counts.get(row.given())[2] += row.given().equals(row.expected()) ? 1 : 0;
                }
            }
        }
        double sum = 0;
        for (int[] label : counts.values()) {
            double precision = label[1] == 0 ? 0 : (double) label[2] / label[1];
            double recall = label[0] == 0 ? 0 : (double) label[2] / label[0];
            sum += precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        }
        return sum / counts.size();
    }
}
