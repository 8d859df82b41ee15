package dev.rung.core.evidence;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.statistics.Binomial;
import dev.rung.core.statistics.Bootstrap;
import dev.rung.core.statistics.FewClusters;
import dev.rung.core.statistics.Groups;
import dev.rung.core.statistics.Interval;
import dev.rung.core.statistics.RateInterval;
import dev.rung.core.statistics.Resampled;
import dev.rung.core.statistics.Resampling;
import dev.rung.core.statistics.Studentized;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The figures of a list of outcomes, each with the interval that suits it.
 *
 * <p>Those that are resampled say first what they need of the draws, which all share, and are made when those have been drawn.
 */
final class Estimates {
    private static final String COST = "cost_per_1000";
    /** With so many clusters, the upper end of a cost is taken at half the error; found by simulation. */
    private static final double HALF_THE_ERROR = 12;

    private final List<Outcome> outcomes;
    private final double confidence;
    private final Resampling resampling = new Resampling(Bootstrap.REPLICATES);

    private Estimates(List<Outcome> outcomes, double confidence) {
        this.outcomes = outcomes;
        this.confidence = confidence;
    }

    /** Returns every metric seen, macro-F1 where labels are expected, the p50 and p95 latency, and the cost of a thousand answers; nothing for no outcomes. */
    static List<Estimate> all(List<Outcome> outcomes, double confidence) {
        return all(outcomes, confidence, () -> MacroF1.of(outcomes));
    }

    /** As {@link #all(List, double)}, with the macro-F1 of these outcomes, of which something may have been resampled already. */
    static List<Estimate> all(List<Outcome> outcomes, double confidence, Supplier<MacroF1> macroF1) {
        List<Supplier<Estimate>> all = new ArrayList<>();
        if (outcomes.isEmpty()) {
            return List.of();
        }
        Estimates estimates = new Estimates(outcomes, confidence);
        for (Metric metric : Metric.values()) {
            if (outcomes.stream().anyMatch(o -> o.scores().containsKey(metric))) {
                all.add(estimates.metric(metric));
            }
        }
        if (outcomes.stream().anyMatch(o -> o.expected() instanceof Output.Label && !o.abstained())) {
            all.add(estimates.macroF1(macroF1.get()));
        }
        Latencies latencies = Latencies.of(outcomes, confidence);
        all.add(latencies::p50);
        all.add(latencies::p95);
        all.add(estimates.cost());
        estimates.resampling.run();
        return all.stream().map(Supplier::get).toList();
    }

    static Estimate of(Requirement requirement, List<Outcome> outcomes, double confidence) {
        return switch (requirement) {
            case Requirement.AtLeast(Metric metric, double floor) -> metric(metric, outcomes, confidence);
            case Requirement.LatencyAtMost latency ->
                outcomes.isEmpty()
                        ? Estimate.unknown(Latencies.name(latency.quantile()) + "_latency", 0, confidence)
                        : Latencies.quantile(outcomes, latency.quantile(), confidence);
            case Requirement.AtMost(Metric metric, double ceiling) -> metric(metric, outcomes, confidence);
            case Requirement.CostAtMost(Usd per1000) -> {
                Estimates estimates = new Estimates(outcomes, confidence);
                yield estimates.drawn(estimates.cost());
            }
            case Requirement.MacroF1AtLeast macro -> {
                Estimates estimates = new Estimates(outcomes, confidence);
                yield estimates.drawn(estimates.macroF1(MacroF1.of(outcomes)));
            }
            case Requirement.JudgeScoreAtLeast judge -> JudgedPart.estimate(judge, outcomes, confidence);
            case Requirement.OnSlice(Slice slice, Requirement.Mean mean) ->
                of(mean, outcomes.stream().filter(outcome -> outcome.in(slice)).toList(), confidence)
                        .on(slice);
        };
    }

    /** Returns the key of the estimate that {@link #all} gives for a requirement, or an empty one where it gives none. */
    static String key(Requirement requirement) {
        return switch (requirement) {
            case Requirement.AtLeast(Metric metric, double floor) -> metric.key();
            case Requirement.AtMost(Metric metric, double ceiling) -> metric.key();
            case Requirement.LatencyAtMost latency -> Latencies.name(latency.quantile()) + "_latency";
            case Requirement.CostAtMost cost -> COST;
            case Requirement.MacroF1AtLeast macro -> MacroF1.KEY;
            case Requirement.JudgeScoreAtLeast judge -> "";
            case Requirement.OnSlice slice -> "";
        };
    }

    static Estimate metric(Metric metric, List<Outcome> outcomes, double confidence) {
        Estimates estimates = new Estimates(outcomes, confidence);
        return estimates.drawn(estimates.metric(metric));
    }

    private Estimate drawn(Supplier<Estimate> estimate) {
        resampling.run();
        return estimate.get();
    }

    private Supplier<Estimate> macroF1(MacroF1 figure) {
        if (figure.n() == 0) {
            return () -> Estimate.unknown(MacroF1.KEY, 0, confidence);
        }
        Runnable joined = figure.join(resampling);
        return () -> {
            joined.run();
            Interval interval = figure.interval(confidence);
            return new Estimate(MacroF1.KEY, figure.value(), interval.low(), interval.high(), figure.n(), confidence);
        };
    }

    private Supplier<Estimate> metric(Metric metric) {
        Groups groups = Groups.of(outcomes, Outcome::cluster, o -> o.scores().getOrDefault(metric, Double.NaN));
        if (groups.n() == 0) {
            return () -> Estimate.unknown(metric.key(), 0, confidence);
        }
        Supplier<Interval> interval = metric.binary() ? () -> RateInterval.of(groups, confidence) : score(groups);
        return () -> estimate(metric.key(), groups, interval.get(), 1);
    }

    // Few clusters show too little of what there is for their spread to be resampled.
    private Supplier<Interval> score(Groups groups) {
        double error = (1 - confidence) / 2;
        if (groups.effectiveClusters() < RateInterval.FEW) {
            return () -> FewClusters.of(groups, error);
        }
        if (groups.allEqual()) {
            return () -> constant(groups, error);
        }
        Resampled mean = Bootstrap.mean(groups);
        Resampling.Drawn drawn = resampling.add(mean, groups.clusters());
        return () -> {
            Bootstrap bootstrap = new Bootstrap(mean, drawn);
            return new Interval(bootstrap.lower(error), bootstrap.upper(error));
        };
    }

    // All scores are the same, so resampling shows no spread; at least this share of all scores is that one, and the
    // rest lies anywhere in [0, 1].
    private static Interval constant(Groups groups, double error) {
        double share = Binomial.lowerBound(groups.clusters(), groups.clusters(), error);
        double value = groups.mean();
        return new Interval(share * value, Math.max(value, Math.min(1, share * value + 1 - share)));
    }

    private Supplier<Estimate> cost() {
        boolean known = outcomes.stream().allMatch(o -> o.price() instanceof Price.Known);
        if (outcomes.isEmpty() || !known) {
            return () -> Estimate.unknown(COST, outcomes.size(), confidence);
        }
        Groups groups = Groups.of(outcomes, Outcome::cluster, Estimates::dollars);
        Supplier<Interval> interval = meanPrice(groups);
        return () -> estimate(COST, groups, interval.get(), 1000);
    }

    // Prices have long tails and no ceiling. The fewer the clusters, the less of the tail they show: the upper end is
    // taken at a smaller error, a quarter of it for four clusters or fewer.
    private Supplier<Interval> meanPrice(Groups groups) {
        double mean = groups.mean();
        if (groups.allEqual() || groups.clusters() < 2) {
            return () -> new Interval(mean, mean);
        }
        double error = (1 - confidence) / 2;
        double clusters = groups.effectiveClusters();
        double above = error * Math.max(0.25, clusters / (clusters + HALF_THE_ERROR));
        Resampling.Drawn pivots = resampling.add(Studentized.pivot(groups), groups.clusters());
        return () -> {
            Studentized studentized = new Studentized(groups, pivots);
            return new Interval(Math.max(0, studentized.lower(error)), studentized.upper(above));
        };
    }

    /** Returns the price of an answer in dollars, not a number where it is unknown. */
    static double dollars(Outcome outcome) {
        return outcome.price() instanceof Price.Known(Usd amount)
                ? amount.amount().doubleValue()
                : Double.NaN;
    }

    private Estimate estimate(String key, Groups groups, Interval interval, double times) {
        return new Estimate(
                key, times * groups.mean(), times * interval.low(), times * interval.high(), groups.n(), confidence);
    }
}
