package dev.rung.compat;

import dev.rung.core.json.Json;
import java.util.List;

/**
 * An answer as a client gives it to its user, in no client's words.
 *
 * @param pieces of text in the order in which a stream brought them; one for an answer in one piece
 */
record Got(String id, List<String> pieces, List<Call> calls, long input, long output) {
    Got {
        pieces = List.copyOf(pieces);
        calls = List.copyOf(calls);
    }

    /** A call that the model asks for. */
    record Call(String name, Json arguments) {}

    String text() {
        return String.join("", pieces);
    }
}
