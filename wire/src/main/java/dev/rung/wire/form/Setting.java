package dev.rung.wire.form;

import dev.rung.core.json.Json;
import java.math.BigDecimal;

/** The value that a caller gave a {@link Knob}. */
public record Setting(Json value, Place place) {
    /** Returns the value as a string, which it must be. */
    public String text() {
        if (value instanceof Json.Str(String text)) {
            return text;
        }
        throw Malformed.found(place, value, "a string");
    }

    /** Returns the value as a truth value, which it must be. */
    public boolean bool() {
        if (value instanceof Json.Bool(boolean truth)) {
            return truth;
        }
        throw Malformed.found(place, value, "true or false");
    }

    /** Returns the value as a number, which it must be. */
    public BigDecimal number() {
        if (value instanceof Json.Num(BigDecimal number)) {
            return number;
        }
        throw Malformed.found(place, value, "a number");
    }
}
