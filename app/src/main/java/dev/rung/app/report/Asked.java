package dev.rung.app.report;

import dev.rung.core.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task asks for.
 *
 * @param bar each requirement in words, such as {@code accuracy ≥ 0.90}
 * @param confidence of the bar
 * @param metric the key of the headline metric
 * @param metricTitle its name for people
 * @param floor what the bar asks of it; not a number where it asks nothing
 * @param latencyCeiling in seconds; not a number where the bar sets none
 * @param latencyQuantile the part of all answers that must keep to the ceiling
 * @param costCeiling in dollars per 1,000; not a number where the bar sets none
 * @param data where the data may go
 * @param volume requests a month, if the team knows
 */
public record Asked(
        String task,
        String goal,
        List<String> bar,
        double confidence,
        String metric,
        String metricTitle,
        double floor,
        double latencyCeiling,
        double latencyQuantile,
        double costCeiling,
        String data,
        @Nullable Long volume) {
    public Asked {
        bar = List.copyOf(bar);
    }

    /** Returns the name of the latency that the bar, and hence the report, looks at, such as {@code p95}. */
    public String latencyName() {
        return "p" + Figures.tenth(latencyQuantile * 100);
    }

    Json.Obj toJson() {
        return Json.object("goal", Json.of(goal), "bar", Json.strings(bar), "confidence", Json.of(confidence))
                .with("metric", Json.of(metric))
                .with("metric_title", Json.of(metricTitle))
                .with("floor", Json.of(floor))
                .with("latency_ceiling", Json.of(latencyCeiling))
                .with("latency_quantile", Json.of(latencyQuantile))
                .with("cost_ceiling", Json.of(costCeiling))
                .with("data", Json.of(data))
                .with("volume", volume == null ? Json.Nil.NULL : Json.of(volume));
    }

    static Asked fromJson(String task, Json.Obj json) {
        return new Asked(
                task,
                json.string("goal"),
                Fields.texts(json, "bar"),
                Fields.number(json, "confidence"),
                json.string("metric"),
                json.string("metric_title"),
                Fields.number(json, "floor"),
                Fields.number(json, "latency_ceiling"),
                Fields.number(json, "latency_quantile"),
                Fields.number(json, "cost_ceiling"),
                json.string("data"),
                json.get("volume") instanceof Json.Num number ? number.value().longValueExact() : null);
    }
}
