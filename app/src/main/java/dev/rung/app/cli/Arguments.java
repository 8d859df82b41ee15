package dev.rung.app.cli;

import dev.rung.core.RungException;
import java.util.Locale;
import java.util.function.Function;

/** Reads arguments whose form their own types know. */
final class Arguments {
    private Arguments() {}

    /** Returns a constant's name as users type it. */
    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Returns what {@code read} makes of {@code text}; what it refuses is wrong input at {@code where}. */
    static <T> T read(String where, String text, Function<String, T> read) {
        try {
            return read.apply(text);
        } catch (IllegalArgumentException e) {
            throw new RungException.WrongInput(where + ": " + e.getMessage(), e);
        }
    }
}
