package dev.rung.core.evidence;

import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.Slice;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one example: enough to recompute every figure that rests on it.
 *
 * @param cluster the duplicate cluster that the example belongs to; never blank
 * @param confidence the solver's calibrated probability that its output is right, or would have been had it not been silent; not a number where it cannot tell
 * @param scores by metric, from 0 to 1; only the metrics that apply to this example
 * @param time to the answer
 * @param facets by which slices tell examples apart, the label aside; see {@link Slice}
 * @param repeats the outputs when the same question was asked again, and those to its paraphrases
 * @param judged what a judge says of the output, or null where none was asked
 */
public record Outcome(
        ExampleId example,
        String cluster,
        Output expected,
        Output output,
        double confidence,
        Map<Metric, Double> scores,
        Duration time,
        Price price,
        Map<String, String> facets,
        List<Output> repeats,
        @Nullable Judged judged) {
    public Outcome {
        if (cluster.isBlank()) {
            throw new IllegalArgumentException("an outcome needs a cluster: " + example);
        }
        EnumMap<Metric, Double> copy = new EnumMap<>(Metric.class);
        copy.putAll(scores);
        copy.forEach(Outcome::check);
        scores = Collections.unmodifiableMap(copy);
        if (time.isNegative()) {
            throw new IllegalArgumentException("a time is not negative: " + time);
        }
        facets = Collections.unmodifiableMap(new TreeMap<>(facets));
        repeats = List.copyOf(repeats);
    }

    /** An outcome that no judge was asked about. */
    public Outcome(
            ExampleId example,
            String cluster,
            Output expected,
            Output output,
            double confidence,
            Map<Metric, Double> scores,
            Duration time,
            Price price,
            Map<String, String> facets,
            List<Output> repeats) {
        this(example, cluster, expected, output, confidence, scores, time, price, facets, repeats, null);
    }

    /** An outcome without facets or repeats. */
    public Outcome(
            ExampleId example,
            String cluster,
            Output expected,
            Output output,
            double confidence,
            Map<Metric, Double> scores,
            Duration time,
            Price price) {
        this(example, cluster, expected, output, confidence, scores, time, price, Map.of(), List.of());
    }

    /** Tells whether the solver said that it does not know. */
    public boolean abstained() {
        return output instanceof Output.Abstention;
    }

    /** Tells whether the example belongs to {@code slice}. */
    public boolean in(Slice slice) {
        if (slice.facet().equals(Slice.LABEL) && expected instanceof Output.Label(String name)) {
            return name.equals(slice.value());
        }
        return slice.value().equals(facets.get(slice.facet()));
    }

    private static void check(Metric metric, double score) {
        boolean fits = metric.binary() ? score == 0 || score == 1 : score >= 0 && score <= 1;
        if (!fits) {
            throw new IllegalArgumentException(metric.key() + " cannot be " + score);
        }
    }

    /** Returns the outcome as JSON; {@link #fromJson} reads it back. */
    public Json.Obj toJson() {
        Json.Obj scored = Json.object();
        for (Map.Entry<Metric, Double> score : scores.entrySet()) {
            scored = scored.with(score.getKey().key(), Json.of(score.getValue().doubleValue()));
        }
        Json.Obj json = Json.object(
                        "source", Json.of(example.source()),
                        "line", Json.of(example.line()),
                        "cluster", Json.of(cluster),
                        "expected", expected.toJson())
                .with("output", output.toJson())
                .with("confidence", Json.of(confidence))
                .with("scores", scored)
                .with("nanos", Json.of(time.toNanos()))
                .with("price", priceToJson(price));
        if (!facets.isEmpty()) {
            Json.Obj told = Json.object();
            for (Map.Entry<String, String> facet : facets.entrySet()) {
                told = told.with(facet.getKey(), Json.of(facet.getValue()));
            }
            json = json.with("facets", told);
        }
        if (judged != null) {
            json = json.with("judged", judged.toJson());
        }
        return repeats.isEmpty()
                ? json
                : json.with(
                        "repeats",
                        Json.array(repeats.stream().map(Output::toJson).toList()));
    }

    /** Reads what {@link #toJson} wrote; a member that is missing or of the wrong kind is an {@link IllegalArgumentException}. */
    public static Outcome fromJson(Json.Obj json) {
        EnumMap<Metric, Double> scores = new EnumMap<>(Metric.class);
        Json.Obj scored = json.object("scores");
        for (String key : scored.members().keySet()) {
            scores.put(metric(key), scored.number(key).doubleValue());
        }
        return new Outcome(
                new ExampleId(json.string("source"), json.number("line").longValueExact()),
                json.string("cluster"),
                Output.fromJson(json.object("expected")),
                Output.fromJson(json.object("output")),
                json.require("confidence") instanceof Json.Num(BigDecimal value) ? value.doubleValue() : Double.NaN,
                scores,
                Duration.ofNanos(json.number("nanos").longValueExact()),
                priceFromJson(json.object("price")),
                facets(json),
                repeats(json),
                json.get("judged") == null ? null : Judged.fromJson(json.object("judged")));
    }

    private static Map<String, String> facets(Json.Obj json) {
        Map<String, String> facets = new TreeMap<>();
        if (json.get("facets") != null) {
            Json.Obj told = json.object("facets");
            told.members().keySet().forEach(facet -> facets.put(facet, told.string(facet)));
        }
        return facets;
    }

    private static List<Output> repeats(Json.Obj json) {
        List<Output> repeats = new ArrayList<>();
        if (json.get("repeats") != null) {
            json.array("repeats").forEach(repeat -> repeats.add(Output.fromJson((Json.Obj) repeat)));
        }
        return repeats;
    }

    private static Metric metric(String key) {
        Metric metric = Metric.of(key);
        if (metric == null) {
            throw new IllegalArgumentException("no metric is called " + key);
        }
        return metric;
    }

    private static Json.Obj priceToJson(Price price) {
        return switch (price) {
            case Price.Known(Usd amount) -> Json.object("usd", Json.of(amount.amount()));
            case Price.Unknown(String why) -> Json.object("unknown", Json.of(why));
        };
    }

    private static Price priceFromJson(Json.Obj json) {
        return json.get("usd") != null
                ? new Price.Known(new Usd(json.number("usd")))
                : new Price.Unknown(json.string("unknown"));
    }
}
