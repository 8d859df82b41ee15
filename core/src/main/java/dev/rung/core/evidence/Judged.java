package dev.rung.core.evidence;

import dev.rung.core.json.Json;
import java.math.BigDecimal;

/**
 * What a judge says of an answer, and what people say of it where they have judged it.
 *
 * @param judge the judge's score, from 0 to 1
 * @param human people's score, from 0 to 1; not a number where they have not judged the answer
 */
public record Judged(double judge, double human) {
    public Judged {
        if (!(judge >= 0 && judge <= 1 && (Double.isNaN(human) || (human >= 0 && human <= 1)))) {
            throw new IllegalArgumentException("scores lie between 0 and 1: " + judge + ", " + human);
        }
    }

    /** Tells whether people have judged the answer. */
    public boolean isLabelled() {
        return !Double.isNaN(human);
    }

    Json.Obj toJson() {
        return Json.object("judge", Json.of(judge), "human", Json.of(human));
    }

    static Judged fromJson(Json.Obj json) {
        return new Judged(
                json.number("judge").doubleValue(),
                json.require("human") instanceof Json.Num(BigDecimal value) ? value.doubleValue() : Double.NaN);
    }
}
