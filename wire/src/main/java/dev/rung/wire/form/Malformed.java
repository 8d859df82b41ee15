package dev.rung.wire.form;

import dev.rung.core.json.Json;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A request or a reply that is not what its dialect allows; says where, what was found and what was expected. */
public final class Malformed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int BRIEF = 60;

    private final String field;

    public Malformed(Place place, String message) {
        super(place + ": " + message);
        this.field = place.toString();
    }

    /** Returns the error of a value that is not what was expected there. */
    public static Malformed found(Place place, @Nullable Json found, String expected) {
        return new Malformed(place, "found " + brief(found) + ", expected " + expected);
    }

    /** Returns the field in the caller's terms, such as {@code messages[0].role}. */
    public String field() {
        return field;
    }

    private static String brief(@Nullable Json value) {
        if (value == null) {
            return "nothing";
        }
        String text = value.compact();
        return text.length() <= BRIEF ? text : text.substring(0, BRIEF) + "…";
    }
}
