package dev.rung.app.cli;

import dev.rung.app.report.Figures;
import dev.rung.core.data.Example;
import dev.rung.core.data.TaskData;
import dev.rung.core.evidence.Latencies;
import dev.rung.core.evidence.Scoring;
import dev.rung.core.evidence.plan.RatePlan;
import dev.rung.core.evidence.plan.Strictness;
import dev.rung.core.json.Json;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the sealed rows that a task has can prove of its bar, before any is opened.
 *
 * @param bar in words
 * @param goodShare the share of good rows that the bar asks for
 * @param rows sealed rows that bear on it; estimated from the other splits where not all do, and only as many as must be answered where a solver may be silent
 * @param least the least true share with the wanted power, empty where not even perfection would do
 */
record SealedOutlook(String bar, boolean lessIsBetter, double goodShare, int rows, OptionalDouble least) {

    /** Returns the outlook of each part of the bar that is the rate of something right or wrong; composed metrics, costs and slices have none. */
    static List<SealedOutlook> of(Task task, TaskData data, Strictness strictness) {
        List<SealedOutlook> all = new ArrayList<>();
        int sealed = data.sealed().size();
        for (Requirement part : task.bar().requirements()) {
            if (part instanceof Requirement.AtLeast(Metric metric, double floor) && metric.binary()) {
                int rows = rows(metric, task, data);
                all.add(of(metric.title() + " ≥ " + Figures.bound(floor), false, floor, rows, strictness));
            } else if (part instanceof Requirement.AtMost(Metric metric, double ceiling) && metric.binary()) {
                int rows = rows(metric, task, data);
                all.add(of(metric.title() + " ≤ " + Figures.bound(ceiling), true, 1 - ceiling, rows, strictness));
            } else if (part instanceof Requirement.LatencyAtMost(double quantile, Duration ceiling)) {
                String words = "answers within " + Figures.time(ceiling) + " (" + Latencies.name(quantile) + ")";
                all.add(of(words, false, quantile, sealed, strictness));
            }
        }
        return all;
    }

    private static SealedOutlook of(
            String words, boolean lessIsBetter, double goodShare, int rows, Strictness strictness) {
        OptionalDouble least = goodShare > 0 && goodShare < 1
                ? RatePlan.leastTruth(goodShare, rows, strictness)
                : OptionalDouble.empty();
        return new SealedOutlook(words, lessIsBetter, goodShare, rows, least);
    }

    // Which rows a metric applies to shows in the score of a perfect answer; sealed rows stay closed, so their share is
    // that of the other splits.
    private static int rows(Metric metric, Task task, TaskData data) {
        double answered = metric.weighsSilence() ? 1 : task.bar().coverage().orElse(1);
        int rows = 0;
        int bearing = 0;
        for (List<Example> split : List.of(data.train(), data.tune(), data.calibrate())) {
            for (Example example : split) {
                Output expected = example.expected();
                if (expected != null) {
                    rows++;
                    bearing += Scoring.score(task.output(), expected, expected).containsKey(metric) ? 1 : 0;
                }
            }
        }
        int sealed = data.sealed().size();
        double share = rows == 0 ? 1 : (double) bearing / rows;
        return (int) Math.round(sealed * share * answered);
    }

    /** Returns what the truth must be, in words. */
    String needed() {
        if (least.isEmpty()) {
            return "these rows cannot prove it";
        }
        double share = least.getAsDouble();
        return lessIsBetter
                ? "at most " + Figures.bound(Math.round(1000 * (1 - share)) / 1000.0)
                : "at least " + Figures.bound(share);
    }

    Json toJson() {
        Json.Obj json = Json.object("bar", Json.of(bar), "rows", Json.of(rows));
        return least.isEmpty()
                ? json
                : json.with("truth_needed", Json.of(lessIsBetter ? 1 - least.getAsDouble() : least.getAsDouble()));
    }
}
