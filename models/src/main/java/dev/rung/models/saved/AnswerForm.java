package dev.rung.models.saved;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.core.model.Completion;
import dev.rung.core.model.LabelChoice;
import dev.rung.core.model.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** How answers are written down so that they read back the same, to the last bit of a score. */
final class AnswerForm {
    private AnswerForm() {}

    static Json.Obj of(LabelChoice choice) {
        List<Json> scores = new ArrayList<>();
        for (Map.Entry<String, Double> score : choice.scores().entrySet()) {
            scores.add(Json.array(
                    List.of(Json.of(score.getKey()), Json.of(score.getValue().doubleValue()))));
        }
        return Json.object("label", Json.of(choice.label()), "scores", Json.array(scores))
                .with("usage", usage(choice.usage()))
                .with("nanos", Json.of(choice.time().toNanos()));
    }

    static Json.Obj of(Completion completion) {
        return Json.object(
                        "text", Json.of(completion.text()),
                        "finish", Json.of(completion.finish().name()),
                        "probability", Json.of(completion.probability()))
                .with("usage", usage(completion.usage()))
                .with("nanos", Json.of(completion.time().toNanos()));
    }

    /** Returns a failure of the model itself, which asking again would not mend. */
    static Json.Obj of(RungException.Failed failure) {
        String message = failure.getMessage();
        return Json.object("failed", Json.of(message == null ? "failed" : message));
    }

    static LabelChoice choice(Json.Obj json) {
        SequencedMap<String, Double> scores = new LinkedHashMap<>();
        for (Json pair : answered(json).array("scores")) {
            if (pair instanceof Json.Arr(List<Json> items) && items.getFirst() instanceof Json.Str(String label)) {
                scores.put(label, number(items.get(1)));
            }
        }
        return new LabelChoice(json.string("label"), scores, usage(json.object("usage")), time(json));
    }

    static Completion completion(Json.Obj json) {
        return new Completion(
                answered(json).string("text"),
                Completion.Finish.valueOf(json.string("finish")),
                number(json.require("probability")),
                usage(json.object("usage")),
                time(json));
    }

    private static Json.Obj answered(Json.Obj json) {
        if (json.get("failed") instanceof Json.Str(String message)) {
            throw RungException.Failed.lasting(message);
        }
        return json;
    }

    private static double number(Json json) {
        return json instanceof Json.Num(BigDecimal value) ? value.doubleValue() : Double.NaN;
    }

    private static Json.Obj usage(Usage usage) {
        Json.Obj raw = usage.raw();
        return Json.object(
                "input", Json.of(usage.inputTokens()),
                "cached", Json.of(usage.cachedInputTokens()),
                "output", Json.of(usage.outputTokens()),
                "raw", raw == null ? Json.Nil.NULL : raw);
    }

    private static Usage usage(Json.Obj json) {
        Usage counted = Usage.tokens(count(json, "input"), count(json, "cached"), count(json, "output"));
        return json.get("raw") instanceof Json.Obj raw
                ? new Usage(counted.inputTokens(), counted.cachedInputTokens(), counted.outputTokens(), raw)
                : counted;
    }

    private static long count(Json.Obj json, String key) {
        return json.number(key).longValueExact();
    }

    private static Duration time(Json.Obj json) {
        return Duration.ofNanos(count(json, "nanos"));
    }
}
