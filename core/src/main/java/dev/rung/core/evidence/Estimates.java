package dev.rung.core.evidence;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.statistics.Binomial;
import dev.rung.core.statistics.Bootstrap;
import dev.rung.core.statistics.Groups;
import dev.rung.core.statistics.Interval;
import dev.rung.core.statistics.RateInterval;
import dev.rung.core.statistics.Studentized;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
import java.util.ArrayList;
import java.util.List;

/** The figures of a list of outcomes, each with the interval that suits it. */
final class Estimates {
    private Estimates() {}

    /** Returns every metric seen, macro-F1 where labels are expected, the p50 and p95 latency, and the cost of a thousand answers; nothing for no outcomes. */
    static List<Estimate> all(List<Outcome> outcomes, double confidence) {
        List<Estimate> all = new ArrayList<>();
        if (outcomes.isEmpty()) {
            return all;
        }
        for (Metric metric : Metric.values()) {
            if (outcomes.stream().anyMatch(o -> o.scores().containsKey(metric))) {
                all.add(metric(metric, outcomes, confidence));
            }
        }
        if (outcomes.stream().anyMatch(o -> o.expected() instanceof Output.Label)) {
            all.add(macroF1(outcomes, confidence));
        }
        Latencies latencies = Latencies.of(outcomes, confidence);
        all.add(latencies.p50());
        all.add(latencies.p95());
        all.add(cost(outcomes, confidence));
        return all;
    }

    static Estimate of(Requirement requirement, List<Outcome> outcomes, double confidence) {
        return switch (requirement) {
            case Requirement.AtLeast(Metric metric, double floor) -> metric(metric, outcomes, confidence);
            case Requirement.LatencyAtMost latency ->
                outcomes.isEmpty()
                        ? Estimate.unknown(Latencies.name(latency.quantile()) + "_latency", 0, confidence)
                        : Latencies.quantile(outcomes, latency.quantile(), confidence);
            case Requirement.AtMost(Metric metric, double ceiling) -> metric(metric, outcomes, confidence);
            case Requirement.CostAtMost(Usd per1000) -> cost(outcomes, confidence);
            case Requirement.MacroF1AtLeast macro -> macroF1(outcomes, confidence);
            case Requirement.JudgeScoreAtLeast judge -> JudgedPart.estimate(judge, outcomes, confidence);
            case Requirement.OnSlice(Slice slice, Requirement.Mean mean) ->
                of(mean, outcomes.stream().filter(outcome -> outcome.in(slice)).toList(), confidence)
                        .on(slice);
        };
    }

    static Estimate macroF1(List<Outcome> outcomes, double confidence) {
        MacroF1 figure = MacroF1.of(outcomes);
        if (figure.n() == 0) {
            return Estimate.unknown(MacroF1.KEY, 0, confidence);
        }
        Interval interval = figure.interval(confidence);
        return new Estimate(MacroF1.KEY, figure.value(), interval.low(), interval.high(), figure.n(), confidence);
    }

    static Estimate metric(Metric metric, List<Outcome> outcomes, double confidence) {
        Groups groups = Groups.of(outcomes, Outcome::cluster, o -> o.scores().getOrDefault(metric, Double.NaN));
        if (groups.n() == 0) {
            return Estimate.unknown(metric.key(), 0, confidence);
        }
        Interval interval = metric.binary() ? RateInterval.of(groups, confidence) : score(groups, confidence);
        return estimate(metric.key(), groups, interval, 1, confidence);
    }

    // Few clusters show too little of what there is: then the interval is that of a rate, whose variance no score
    // between 0 and 1 with the same mean exceeds.
    private static Interval score(Groups groups, double confidence) {
        double clusters = groups.effectiveClusters();
        if (clusters < RateInterval.FEW) {
            return RateInterval.at(groups.mean(), clusters, (1 - confidence) / 2);
        }
        return groups.allEqual() ? constant(groups, confidence) : Bootstrap.of(groups, confidence);
    }

    // All scores are the same, so resampling shows no spread; at least this share of all scores is that one, and the
    // rest lies anywhere in [0, 1].
    private static Interval constant(Groups groups, double confidence) {
        double share = Binomial.lowerBound(groups.clusters(), groups.clusters(), (1 - confidence) / 2);
        double value = groups.mean();
        return new Interval(share * value, Math.max(value, Math.min(1, share * value + 1 - share)));
    }

    static Estimate cost(List<Outcome> outcomes, double confidence) {
        boolean known = outcomes.stream().allMatch(o -> o.price() instanceof Price.Known);
        if (outcomes.isEmpty() || !known) {
            return Estimate.unknown("cost_per_1000", outcomes.size(), confidence);
        }
        Groups groups = Groups.of(outcomes, Outcome::cluster, Estimates::dollars);
        return estimate("cost_per_1000", groups, meanPrice(groups, confidence), 1000, confidence);
    }

    // Prices have long tails and no ceiling. Two ways of resampling see different sides of that, and the wider end of
    // the two counts; few clusters are resampled at half the error, since they show too little of the tail.
    private static Interval meanPrice(Groups groups, double confidence) {
        double asked = groups.effectiveClusters() < RateInterval.FEW ? (1 + confidence) / 2 : confidence;
        Interval percentiles = Bootstrap.of(groups, asked);
        Interval studentized = Studentized.of(groups, (1 - asked) / 2);
        return new Interval(
                Math.max(0, Math.min(percentiles.low(), studentized.low())),
                Math.max(percentiles.high(), studentized.high()));
    }

    /** Returns the price of an answer in dollars, not a number where it is unknown. */
    static double dollars(Outcome outcome) {
        return outcome.price() instanceof Price.Known(Usd amount)
                ? amount.amount().doubleValue()
                : Double.NaN;
    }

    private static Estimate estimate(String key, Groups groups, Interval interval, double times, double confidence) {
        return new Estimate(
                key, times * groups.mean(), times * interval.low(), times * interval.high(), groups.n(), confidence);
    }
}
