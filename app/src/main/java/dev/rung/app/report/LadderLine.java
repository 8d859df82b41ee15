package dev.rung.app.report;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Rung;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of the ladder. */
public sealed interface LadderLine {
    Rung rung();

    String name();

    Json.Obj toJson();

    /** What the evidence says of a candidate. */
    enum Standing {
        PASS("PASS"),
        FAIL("FAIL"),
        OPEN("NOT ENOUGH EVIDENCE");

        private final String word;

        Standing(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        static Standing of(String word) {
            for (Standing standing : values()) {
                if (standing.word.equals(word)) {
                    return standing;
                }
            }
            throw new IllegalArgumentException("no verdict: " + word);
        }
    }

    /**
     * A candidate that answered examples.
     *
     * @param number from 1, in the order of trial; stands for the candidate in plots
     * @param brief the reason for the verdict in a few words
     * @param why the reasons in full, a sentence a part of the bar; where one part decides, only that
     * @param split whose examples decide
     * @param answered how many of them it answered
     * @param available how many there are
     * @param metrics quality, the headline first
     * @param p50 in seconds
     * @param latency the quantile that the bar looks at, in seconds
     * @param cost per 1,000 answers, in dollars
     * @param unpriced why the cost is unknown; null where it is known
     * @param calibration how its confidence compares with its accuracy; null where it has no confidence or too few answers
     * @param promised what it promises and why; null for all but cascades and solvers that may be silent
     * @param confused what it takes for what; null where answers are no labels
     * @param sliced its headline metric by slice; null where the bar has none
     */
    record Tried(
            int number,
            Rung rung,
            String name,
            Standing standing,
            String brief,
            List<String> why,
            String split,
            int answered,
            int available,
            List<Estimate> metrics,
            Estimate p50,
            Estimate latency,
            Estimate cost,
            @Nullable String unpriced,
            Duration build,
            Duration trial,
            long modelCalls,
            @Nullable Calibration calibration,
            @Nullable Promised promised,
            @Nullable Confused confused,
            @Nullable Sliced sliced)
            implements LadderLine {
        public Tried {
            why = List.copyOf(why);
            metrics = List.copyOf(metrics);
        }

        /** Returns the figure of a metric, or null where it was not measured. */
        public @Nullable Estimate metric(String key) {
            return metrics.stream()
                    .filter(metric -> metric.key().equals(key))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Json.Obj toJson() {
            return Json.object("rung", Json.of(rung.key()), "name", Json.of(name), "verdict", Json.of(standing.word()))
                    .with("brief", Json.of(brief))
                    .with("why", Json.strings(why))
                    .with("number", Json.of(number))
                    .with("split", Json.of(split))
                    .with("tried", Json.of(answered))
                    .with("available", Json.of(available))
                    .with(
                            "metrics",
                            Json.array(metrics.stream().map(Estimate::toJson).toList()))
                    .with("p50", p50.toJson())
                    .with("latency", latency.toJson())
                    .with("p50_ms", Json.of(p50.estimate() * 1e3))
                    .with("p95_ms", latency.key().startsWith("p95") ? Json.of(latency.estimate() * 1e3) : Json.Nil.NULL)
                    .with("cost_per_1000", cost.toJson())
                    .with("unpriced", Json.ofNullable(unpriced))
                    .with("build_seconds", Json.of(build.toNanos() / 1e9))
                    .with("trial_seconds", Json.of(trial.toNanos() / 1e9))
                    .with("seconds", Json.of(build.plus(trial).toNanos() / 1e9))
                    .with("model_calls", Json.of(modelCalls))
                    .with("calibration", calibration == null ? Json.Nil.NULL : calibration.toJson())
                    .with("promise", promised == null ? Json.Nil.NULL : promised.toJson())
                    .with("confused", confused == null ? Json.Nil.NULL : confused.toJson())
                    .with("slices", sliced == null ? Json.Nil.NULL : sliced.toJson());
        }

        private static Tried read(Json.Obj json) {
            return new Tried(
                    Fields.integer(json, "number"),
                    rungOf(json),
                    json.string("name"),
                    Standing.of(json.string("verdict")),
                    json.string("brief"),
                    Fields.texts(json, "why"),
                    json.string("split"),
                    Fields.integer(json, "tried"),
                    Fields.integer(json, "available"),
                    Fields.objects(json, "metrics").stream()
                            .map(Estimate::fromJson)
                            .toList(),
                    Estimate.fromJson(json.object("p50")),
                    Estimate.fromJson(json.object("latency")),
                    Estimate.fromJson(json.object("cost_per_1000")),
                    Fields.text(json, "unpriced"),
                    Fields.seconds(json, "build_seconds"),
                    Fields.seconds(json, "trial_seconds"),
                    json.number("model_calls").longValueExact(),
                    json.get("calibration") instanceof Json.Obj calibration ? Calibration.fromJson(calibration) : null,
                    json.get("promise") instanceof Json.Obj promise ? Promised.fromJson(promise) : null,
                    json.get("confused") instanceof Json.Obj confused ? Confused.fromJson(confused) : null,
                    json.get("slices") instanceof Json.Obj sliced ? Sliced.fromJson(sliced) : null);
        }
    }

    /**
     * A candidate that was not tried, which is not the same as failed.
     *
     * @param price what is known of its price beforehand, or empty
     */
    record NotTried(Rung rung, String name, String reason, String price) implements LadderLine {
        static final String WORD = "NOT TRIED";

        @Override
        public Json.Obj toJson() {
            return Json.object("rung", Json.of(rung.key()), "name", Json.of(name), "verdict", Json.of(WORD))
                    .with("why", Json.strings(List.of(reason)))
                    .with("price", Json.of(price));
        }
    }

    static LadderLine fromJson(Json.Obj json) {
        return NotTried.WORD.equals(json.string("verdict"))
                ? new NotTried(
                        rungOf(json),
                        json.string("name"),
                        Fields.texts(json, "why").getFirst(),
                        json.string("price"))
                : Tried.read(json);
    }

    private static Rung rungOf(Json.Obj json) {
        for (Rung rung : Rung.values()) {
            if (rung.key().equals(json.string("rung"))) {
                return rung;
            }
        }
        throw new IllegalArgumentException("no rung: " + json.string("rung"));
    }
}
