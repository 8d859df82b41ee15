package dev.rung.ladder.certificate;

import dev.rung.core.evidence.Judged;
import dev.rung.core.evidence.Outcome;
import dev.rung.ladder.certificate.SimpleFigures.Figure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The judge score the plain way: the bet as sums of logarithms of whole units, and prediction-powered inference as its paper writes it. */
final class SimpleJudge {
    private static final int HUMAN = 0;
    private static final int JUDGE = 1;
    private static final int OTHERS = 2;

    private final int perUnit;
    private final List<double[]> units = new ArrayList<>();
    private final List<double[]> labelled = new ArrayList<>();
    private final List<Double> others = new ArrayList<>();
    private int answers;
    private double judgeSum;

    SimpleJudge(List<Outcome> outcomes, int judgedPerLabel) {
        perUnit = judgedPerLabel + 1;
        Set<String> asked = new HashSet<>();
        List<Judged> fresh = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            Judged judged = outcome.judged();
            if (judged != null && asked.add(outcome.cluster())) {
                fresh.add(judged);
            }
        }
        answers = fresh.size();
        boolean open = true;
        for (int start = 0; start < answers; start += perUnit) {
            List<Judged> unit = fresh.subList(start, Math.min(answers, start + perUnit));
            Judged first = unit.getFirst();
            open &= first.isLabelled();
            double rest = 0;
            if (!open) {
                others.add(first.judge());
            }
            for (Judged judged : unit.subList(1, unit.size())) {
                others.add(judged.judge());
                rest += judged.judge();
            }
            judgeSum += first.judge() + rest;
            if (open) {
                labelled.add(new double[] {first.human(), first.judge()});
                if (unit.size() == perUnit) {
                    units.add(new double[] {first.human(), first.judge(), rest / judgedPerLabel});
                }
            }
        }
    }

    /** Returns 1 once people are proved to accept more than {@code floor}, −1 once less, 0 while neither is proved. */
    int decision(double floor, double alpha, double beta) {
        for (int n = 1; n <= units.size(); n++) {
            if (floor < 1 && wealth(units.subList(0, n), floor, false) >= 1 / alpha) {
                return 1;
            }
            if (floor > 0 && wealth(units.subList(0, n), 1 - floor, true) >= 1 / beta) {
                return -1;
            }
        }
        return 0;
    }

    private static double wealth(List<double[]> units, double floor, boolean mirrored) {
        double sum = 0;
        for (int quarter = 0; quarter <= 4; quarter++) {
            double weight = quarter / 4.0;
            for (int stake = 1; stake < 40; stake += 2) {
                double log = 0;
                for (double[] unit : units) {
                    double z = unit[HUMAN] - weight * unit[JUDGE] + weight * unit[OTHERS];
                    double score = mirrored ? 1 - z : z;
                    log += Math.log(Math.max(0, 1 + stake / 40.0 * (score - floor) / Math.max(1e-9, floor + weight)));
                }
                sum += Math.exp(log);
            }
        }
        return sum / 100;
    }

    Figure figure(double error) {
        int n = labelled.size();
        if (answers == 0) {
            return new Figure(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        if (n == 0) {
            return new Figure(judgeSum / answers, 0, 1, 0);
        }
        double weight = weight();
        double[] rest = labelled.stream()
                .mapToDouble(pair -> pair[HUMAN] - weight * pair[JUDGE])
                .toArray();
        double[] judged = others.stream().mapToDouble(score -> weight * score).toArray();
        double estimate = mean(rest) + (judged.length == 0 ? 0 : mean(judged));
        double low;
        double high;
        long accepted = labelled.stream().filter(pair -> pair[HUMAN] >= 0.5).count();
        long apart = labelled.stream()
                .filter(pair -> Math.abs(pair[HUMAN] - pair[JUDGE]) >= 0.05)
                .count();
        if (accepted >= 10 && n - accepted >= 10 && apart >= 10) {
            double variance = variance(rest) / n + (judged.length < 2 ? 0 : variance(judged) / judged.length);
            double reach = SimpleProbability.student(error, n - 1) * Math.sqrt(variance);
            low = estimate - reach;
            high = estimate + reach;
        } else {
            List<double[]> grouped = grouped();
            low = bound(grouped, error, false);
            high = 1 - bound(grouped, error, true);
        }
        double shown = Math.clamp(estimate, 0, 1);
        return new Figure(
                shown, Math.clamp(Math.min(estimate, low), 0, 1), Math.clamp(Math.max(estimate, high), 0, 1), n);
    }

    private double weight() {
        int n = labelled.size();
        if (n < 2 || others.isEmpty()) {
            return 0;
        }
        double[] human = labelled.stream().mapToDouble(pair -> pair[HUMAN]).toArray();
        double[] judge = labelled.stream().mapToDouble(pair -> pair[JUDGE]).toArray();
        double[] both = new double[n];
        for (int i = 0; i < n; i++) {
            both[i] = human[i] * judge[i];
        }
        double[] all = new double[n + others.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i < n ? judge[i] : others.get(i - n);
        }
        double spread = variance(all);
        double covariance = mean(both) - mean(human) * mean(judge);
        return spread < 1e-15 ? 0 : Math.clamp(covariance / ((1 + (double) n / others.size()) * spread), 0, 1);
    }

    // Every labelled answer with an equal share of the others, in order.
    private List<double[]> grouped() {
        int each = others.size() / labelled.size();
        List<double[]> grouped = new ArrayList<>();
        for (int i = 0; i < labelled.size(); i++) {
            double sum = 0;
            for (int j = i * each; j < (i + 1) * each; j++) {
                sum += others.get(j);
            }
            double[] pair = labelled.get(i);
            grouped.add(new double[] {pair[HUMAN], pair[JUDGE], each == 0 ? pair[JUDGE] : sum / each});
        }
        return grouped;
    }

    private static double bound(List<double[]> units, double level, boolean mirrored) {
        double low = 0;
        double high = 1;
        while (high - low > 1e-9) {
            double middle = (low + high) / 2;
            if (wealth(units, middle, mirrored) >= 1 / level) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double variance(double[] values) {
        if (values.length < 2) {
            return 0;
        }
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += Math.pow(value - mean, 2);
        }
        return sum / (values.length - 1);
    }
}
