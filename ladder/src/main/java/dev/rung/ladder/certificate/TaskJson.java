package dev.rung.ladder.certificate;

import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Promise;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The bar, the promises and the output contract of a task, to JSON and back. */
final class TaskJson {
    static final String ABSTAIN = "abstain";

    private static final String UNSURE = "unsure";

    private TaskJson() {}

    static Json.Obj bar(Bar bar) {
        return Json.object(
                "confidence",
                Json.of(bar.confidence()),
                "requirements",
                Json.array(
                        bar.requirements().stream().map(TaskJson::requirement).toList()));
    }

    static Bar bar(Json.Obj json) {
        List<Requirement> requirements = new ArrayList<>();
        for (Json requirement : json.array("requirements")) {
            requirements.add(requirement((Json.Obj) requirement));
        }
        return new Bar(requirements, json.number("confidence").doubleValue());
    }

    static Json.Obj requirement(Requirement requirement) {
        return switch (requirement) {
            case Requirement.AtLeast(Metric metric, double floor) ->
                Json.object("metric", Json.of(metric.key()), "at_least", Json.of(floor));
            case Requirement.AtMost(Metric metric, double ceiling) ->
                Json.object("metric", Json.of(metric.key()), "at_most", Json.of(ceiling));
            case Requirement.MacroF1AtLeast(double floor) -> Json.object("macro_f1_at_least", Json.of(floor));
            case Requirement.JudgeScoreAtLeast(double floor, int judgedPerLabel, String judge) ->
                Json.object("judge_score_at_least", Json.of(floor), "judged_per_label", Json.of(judgedPerLabel))
                        .with("judge", Json.of(judge));
            case Requirement.OnSlice(Slice slice, Requirement.Mean mean) ->
                requirement(mean).with("facet", Json.of(slice.facet())).with("value", Json.of(slice.value()));
            case Requirement.LatencyAtMost(double quantile, Duration ceiling) ->
                Json.object("latency_quantile", Json.of(quantile), "at_most_nanos", Json.of(ceiling.toNanos()));
            case Requirement.CostAtMost(Usd per1000) -> Json.object("usd_per_1000_at_most", Json.of(per1000.amount()));
        };
    }

    private static Requirement requirement(Json.Obj json) {
        if (json.get("macro_f1_at_least") != null) {
            return new Requirement.MacroF1AtLeast(
                    json.number("macro_f1_at_least").doubleValue());
        }
        if (json.get("judge_score_at_least") != null) {
            return new Requirement.JudgeScoreAtLeast(
                    json.number("judge_score_at_least").doubleValue(),
                    json.number("judged_per_label").intValueExact(),
                    json.string("judge"));
        }
        Requirement.Mean mean = mean(json);
        return json.get("facet") == null
                ? mean
                : new Requirement.OnSlice(new Slice(json.string("facet"), json.string("value")), mean);
    }

    private static Requirement.Mean mean(Json.Obj json) {
        if (json.get("metric") != null) {
            Metric metric = Metric.of(json.string("metric"));
            if (metric == null) {
                throw new IllegalArgumentException("no metric is called " + json.string("metric"));
            }
            return metric.lessIsBetter()
                    ? new Requirement.AtMost(metric, json.number("at_most").doubleValue())
                    : new Requirement.AtLeast(metric, json.number("at_least").doubleValue());
        }
        if (json.get("latency_quantile") != null) {
            return new Requirement.LatencyAtMost(
                    json.number("latency_quantile").doubleValue(),
                    Duration.ofNanos(json.number("at_most_nanos").longValueExact()));
        }
        return new Requirement.CostAtMost(new Usd(json.number("usd_per_1000_at_most")));
    }

    /** Returns what a certified task promises of a cascade; certificates of earlier versions leave it to the bar. */
    static Promise cascade(Json.Obj task, Bar bar, OutputContract output) {
        return task.get("cascade") instanceof Json.Obj promise
                ? Promise.fromJson(promise)
                : Promise.within(bar, Metric.of(output).getFirst());
    }

    /** Returns what a certified task promises of a solver that may be silent, or null where none may. */
    static @Nullable Promise abstain(Json.Obj task) {
        return task.get(ABSTAIN) instanceof Json.Obj promise ? Promise.fromJson(promise) : null;
    }

    static Json.Obj contract(OutputContract contract) {
        return switch (contract) {
            case OutputContract.Labels labels -> labels(labels);
            case OutputContract.Fields(Json.Obj schema) -> Json.object("schema", schema);
            case OutputContract.Text text -> Json.object("text", Json.of(true));
        };
    }

    private static Json.Obj labels(OutputContract.Labels labels) {
        Json.Obj json = Json.object(
                "labels",
                Json.strings(labels.descriptions().keySet()),
                "out_of_scope",
                Json.ofNullable(labels.outOfScope()));
        return labels.unsure() == null ? json : json.with(UNSURE, Json.of(labels.unsure()));
    }

    static OutputContract contract(Json.Obj json) {
        if (json.get("labels") != null) {
            SequencedMap<String, String> descriptions = new LinkedHashMap<>();
            for (Json label : json.array("labels")) {
                descriptions.put(((Json.Str) label).value(), "");
            }
            return new OutputContract.Labels(
                    descriptions,
                    json.require("out_of_scope") instanceof Json.Str(String name) ? name : null,
                    json.get(UNSURE) instanceof Json.Str(String says) ? says : null);
        }
        return json.get("schema") != null
                ? new OutputContract.Fields(json.object("schema"))
                : new OutputContract.Text();
    }
}
