package dev.rung.ladder.compare;

import dev.rung.core.RungException;
import dev.rung.core.data.ExampleId;
import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.Latencies;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.paired.NonInferiority;
import dev.rung.core.evidence.paired.Pair;
import dev.rung.core.evidence.paired.PairedComparison;
import dev.rung.core.evidence.paired.PairedCost;
import dev.rung.core.evidence.paired.PairedResult;
import dev.rung.core.evidence.paired.Saving;
import dev.rung.core.json.Json;
import dev.rung.core.statistics.Bootstrap;
import dev.rung.core.statistics.Groups;
import dev.rung.core.statistics.Interval;
import dev.rung.core.task.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A candidate beside an incumbent on the same rows: what it answers better and worse, whether it is worse, and what it saves.
 *
 * @param metric that right and wrong are told by
 * @param gains rows that the candidate answers better, in the order in which rows were answered
 * @param losses rows that it answers worse
 * @param result whether it is worse by the margin or more, and whether it is better
 * @param cost what it saves, in dollars for a thousand answers
 * @param time the mean time that it saves an answer, in seconds, with a bootstrap interval by duplicate cluster
 * @param before the incumbent's median and 95th percentile of the time to an answer
 * @param after the candidate's
 */
public record Comparison(
        Metric metric,
        List<Flip> gains,
        List<Flip> losses,
        PairedResult result,
        Saving cost,
        Estimate time,
        Latencies before,
        Latencies after) {
    public Comparison {
        gains = List.copyOf(gains);
        losses = List.copyOf(losses);
    }

    /** Two outcomes of one example. */
    private record Both(Outcome incumbent, Outcome candidate) {
        double seconds() {
            return (incumbent.time().toNanos() - candidate.time().toNanos()) / 1e9;
        }
    }

    /**
     * Compares two trials on the rows that both answered: the same place, the same expected output.
     *
     * @throws RungException.WrongInput when there is no such row
     */
    public static Comparison of(
            List<Outcome> incumbent, List<Outcome> candidate, Metric metric, NonInferiority question) {
        Map<ExampleId, Outcome> earlier = new HashMap<>();
        incumbent.forEach(outcome -> earlier.put(outcome.example(), outcome));
        List<Both> both = new ArrayList<>();
        for (Outcome now : candidate) {
            Outcome then = earlier.get(now.example());
            if (then != null && then.expected().equals(now.expected()) && scored(then, now, metric)) {
                both.add(new Both(then, now));
            }
        }
        if (both.isEmpty()) {
            throw new RungException.WrongInput("the two releases were certified on sealed rows of which not one is the"
                    + " same, so nothing pairs them; climb again on rows that both can answer");
        }
        List<Outcome> before = both.stream().map(Both::incumbent).toList();
        List<Outcome> after = both.stream().map(Both::candidate).toList();
        List<Pair> pairs = Pair.of(after, before, metric);
        double confidence = question.confidence();
        return new Comparison(
                metric,
                flips(both, metric, 1),
                flips(both, metric, -1),
                metric.binary()
                        ? PairedComparison.ofRates(pairs, question)
                        : PairedComparison.ofScores(pairs, question),
                Saving.of(PairedCost.of(after, before), confidence),
                time(both, confidence),
                Latencies.of(before, confidence),
                Latencies.of(after, confidence));
    }

    private static boolean scored(Outcome then, Outcome now, Metric metric) {
        return then.scores().containsKey(metric) && now.scores().containsKey(metric);
    }

    private static List<Flip> flips(List<Both> both, Metric metric, int sign) {
        List<Flip> flips = new ArrayList<>();
        for (Both one : both) {
            double gain = one.candidate().scores().getOrDefault(metric, 0.0)
                    - one.incumbent().scores().getOrDefault(metric, 0.0);
            if (gain * sign > 0) {
                flips.add(Flip.of(one.incumbent(), one.candidate()));
            }
        }
        return flips;
    }

    private static Estimate time(List<Both> both, double confidence) {
        Groups saved = Groups.of(both, one -> one.candidate().cluster(), Both::seconds);
        Interval interval = Bootstrap.of(saved, confidence);
        return new Estimate("seconds_saved", saved.mean(), interval.low(), interval.high(), both.size(), confidence);
    }

    /** Returns the comparison as JSON. */
    public Json.Obj toJson() {
        return Json.object(
                        "metric", Json.of(metric.key()),
                        "result", result.toJson(),
                        "cost", cost.toJson(),
                        "seconds_saved", time.toJson())
                .with("latency", Json.object("incumbent", latencies(before), "candidate", latencies(after)))
                .with("gains", Json.array(gains.stream().map(Flip::toJson).toList()))
                .with("losses", Json.array(losses.stream().map(Flip::toJson).toList()));
    }

    private static Json.Obj latencies(Latencies times) {
        return Json.object("p50", times.p50().toJson(), "p95", times.p95().toJson());
    }
}
