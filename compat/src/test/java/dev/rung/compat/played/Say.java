package dev.rung.compat.played;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.util.List;

/**
 * What a played vendor answers, in no vendor's words.
 *
 * @param words the answer's text in the pieces in which a stream brings it; empty for none
 * @param input tokens that went in
 * @param output tokens that came out
 * @param interleaved whether fragments of parallel calls come in turns, where the dialect allows it
 */
public record Say(List<String> words, List<Call> calls, long input, long output, boolean interleaved) {
    public Say {
        words = List.copyOf(words);
        calls = List.copyOf(calls);
    }

    /**
     * A call of a tool.
     *
     * @param fragments the JSON text of the arguments in the pieces in which a stream brings it; empty for a call without arguments
     */
    public record Call(String id, String name, List<String> fragments) {
        public Call {
            fragments = List.copyOf(fragments);
        }

        /** Returns the arguments as one JSON text. */
        String arguments() {
            return fragments.isEmpty() ? "{}" : String.join("", fragments);
        }

        Json argumentsObject() {
            return JsonText.parse(arguments());
        }
    }

    public static Say words(String... pieces) {
        return new Say(List.of(pieces), List.of(), 11, 7, false);
    }

    public static Say calls(Call... calls) {
        return new Say(List.of(), List.of(calls), 11, 7, false);
    }

    public Say interleaving() {
        return new Say(words, calls, input, output, true);
    }

    public String text() {
        return String.join("", words);
    }
}
