package dev.rung.core.evidence;

import dev.rung.core.json.Json;
import dev.rung.core.task.Slice;
import java.math.BigDecimal;

/**
 * A figure with its two-sided confidence interval, as if the number of examples had been fixed beforehand; it informs, and never decides.
 *
 * @param key a metric's key, {@code macro_f1}, {@code p50_latency} and the like (seconds), or {@code cost_per_1000} (dollars); with {@code {facet=value}} behind it for a slice
 * @param estimate not a number where it cannot be known, such as a cost with an unknown price
 * @param low negative infinity or not a number where there is no bound
 * @param high positive infinity or not a number where there is no bound
 * @param n examples that it rests on
 * @param confidence strictly between 0 and 1
 */
public record Estimate(String key, double estimate, double low, double high, int n, double confidence) {
    public Estimate {
        if (low > estimate || estimate > high) {
            throw new IllegalArgumentException(key + ": " + estimate + " lies outside [" + low + ", " + high + "]");
        }
    }

    static Estimate unknown(String key, int n, double confidence) {
        return new Estimate(key, Double.NaN, Double.NaN, Double.NaN, n, confidence);
    }

    /** Returns the same figure under a key that names the slice that it is of. */
    Estimate on(Slice slice) {
        return new Estimate(key + "{" + slice.key() + "}", estimate, low, high, n, confidence);
    }

    /** Tells whether there is a figure at all. */
    public boolean known() {
        return !Double.isNaN(estimate);
    }

    /** Returns the estimate as JSON, with null for what is unknown or unbounded. */
    public Json.Obj toJson() {
        return Json.object(
                        "metric", Json.of(key),
                        "estimate", Json.of(estimate),
                        "low", Json.of(low),
                        "high", Json.of(high))
                .with("n", Json.of(n))
                .with("confidence", Json.of(confidence));
    }

    /** Reads what {@link #toJson} wrote; a bound that is missing beside a known estimate is infinite. */
    public static Estimate fromJson(Json.Obj json) {
        double estimate = number(json, "estimate", Double.NaN);
        boolean known = !Double.isNaN(estimate);
        return new Estimate(
                json.string("metric"),
                estimate,
                number(json, "low", known ? Double.NEGATIVE_INFINITY : Double.NaN),
                number(json, "high", known ? Double.POSITIVE_INFINITY : Double.NaN),
                json.number("n").intValueExact(),
                json.number("confidence").doubleValue());
    }

    private static double number(Json.Obj json, String key, double otherwise) {
        return json.require(key) instanceof Json.Num(BigDecimal value) ? value.doubleValue() : otherwise;
    }
}
