package dev.rung.core.evidence;

import dev.rung.core.json.Json;

/**
 * What one certification attempt takes from an error budget.
 *
 * @param order of the attempt, from 1, over the life of the sealed examples
 * @param attempt names the attempt, and with it all that determines its outcomes, such as the hash of its solution
 * @param alpha the chance of a false PASS that the attempt may spend
 */
public record Draw(int order, String attempt, double alpha) {
    public Draw {
        if (order < 1 || !(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("draw " + order + " of " + alpha);
        }
    }

    /** Returns the draw as JSON; {@link #fromJson} reads it back. */
    public Json.Obj toJson() {
        return Json.object("order", Json.of(order), "attempt", Json.of(attempt), "alpha", Json.of(alpha));
    }

    public static Draw fromJson(Json.Obj json) {
        return new Draw(
                json.number("order").intValueExact(),
                json.string("attempt"),
                json.number("alpha").doubleValue());
    }
}
