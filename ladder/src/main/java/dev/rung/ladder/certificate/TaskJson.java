package dev.rung.ladder.certificate;

import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The bar and the output contract of a task, to JSON and back. */
final class TaskJson {
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
            case Requirement.LatencyAtMost(double quantile, Duration ceiling) ->
                Json.object("latency_quantile", Json.of(quantile), "at_most_nanos", Json.of(ceiling.toNanos()));
            case Requirement.CostAtMost(Usd per1000) -> Json.object("usd_per_1000_at_most", Json.of(per1000.amount()));
        };
    }

    private static Requirement requirement(Json.Obj json) {
        if (json.get("metric") != null) {
            String key = json.string("metric");
            for (Metric metric : Metric.values()) {
                if (metric.key().equals(key)) {
                    return new Requirement.AtLeast(
                            metric, json.number("at_least").doubleValue());
                }
            }
            throw new IllegalArgumentException("no metric is called " + key);
        }
        if (json.get("latency_quantile") != null) {
            return new Requirement.LatencyAtMost(
                    json.number("latency_quantile").doubleValue(),
                    Duration.ofNanos(json.number("at_most_nanos").longValueExact()));
        }
        return new Requirement.CostAtMost(new Usd(json.number("usd_per_1000_at_most")));
    }

    static Json.Obj contract(OutputContract contract) {
        return switch (contract) {
            case OutputContract.Labels(SequencedMap<String, String> descriptions, String outOfScope) ->
                Json.object("labels", Json.strings(descriptions.keySet()), "out_of_scope", Json.ofNullable(outOfScope));
            case OutputContract.Fields(Json.Obj schema) -> Json.object("schema", schema);
            case OutputContract.Text text -> Json.object("text", Json.of(true));
        };
    }

    static OutputContract contract(Json.Obj json) {
        if (json.get("labels") != null) {
            SequencedMap<String, String> descriptions = new LinkedHashMap<>();
            for (Json label : json.array("labels")) {
                descriptions.put(((Json.Str) label).value(), "");
            }
            return new OutputContract.Labels(
                    descriptions, json.require("out_of_scope") instanceof Json.Str(String name) ? name : null);
        }
        return json.get("schema") != null
                ? new OutputContract.Fields(json.object("schema"))
                : new OutputContract.Text();
    }
}
