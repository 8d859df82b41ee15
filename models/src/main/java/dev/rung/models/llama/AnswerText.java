package dev.rung.models.llama;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The text of an answer as its tokens come in: characters split over tokens are put together, texts to stop at are found across tokens, and what can no
 * longer change is passed on at once. Not thread-safe.
 */
final class AnswerText {
    private final List<String> stops;
    private final Consumer<String> listener;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final StringBuilder text = new StringBuilder();
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private int passedOn;
    private @Nullable String stopped;

    AnswerText(List<String> stops, Consumer<String> listener) {
        this.stops = stops;
        this.listener = listener;
    }

    /** Adds a token's bytes and returns whether the answer goes on: false once a text to stop at came up. */
    boolean add(byte[] bytes) {
        decode(bytes, false);
        for (String stop : stops) {
            int at = text.indexOf(stop, Math.max(0, passedOn - stop.length()));
            if (at >= 0) {
                text.setLength(at);
                stopped = stop;
            }
        }
        passOn(stopped != null ? text.length() : text.length() - longestBeginningOfAStop());
        return stopped == null;
    }

    /** Returns the whole text, nothing held back any more. */
    String finish() {
        if (stopped == null) {
            decode(new byte[0], true);
        }
        passOn(text.length());
        return text.toString();
    }

    /** Returns the text to stop at that came up, or null. */
    @Nullable
    String stopped() {
        return stopped;
    }

    /** Returns the text so far, what is held back included. */
    CharSequence soFar() {
        return text;
    }

    private void decode(byte[] bytes, boolean end) {
        ByteBuffer in = ByteBuffer.allocate(rest.remaining() + bytes.length);
        in.put(rest).put(bytes).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 2);
        decoder.decode(in, out, end);
        rest = in;
        text.append(out.flip());
    }

    // How many characters at the end might be the beginning of a text to stop at.
    private int longestBeginningOfAStop() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, text.length()); length > longest; length--) {
                if (text.substring(text.length() - length).equals(stop.substring(0, length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    private void passOn(int end) {
        if (end > passedOn) {
            listener.accept(text.substring(passedOn, end));
            passedOn = end;
        }
    }
}
