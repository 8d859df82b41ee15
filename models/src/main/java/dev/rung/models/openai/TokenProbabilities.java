package dev.rung.models.openai;

import dev.rung.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The probability of a text, or of a part of it, from the log-probabilities of its tokens. */
final class TokenProbabilities {
    private TokenProbabilities() {}

    /** Returns the probability of all tokens together; not a number where there are none. */
    static double ofAll(List<ChatReply.Token> tokens) {
        return tokens.isEmpty() ? Double.NaN : between(tokens, 0, Integer.MAX_VALUE);
    }

    /**
     * Returns the probability of the tokens that make up the last place where {@code part} stands in the text; not a number where it does not.
     *
     * <p>A token that lies half inside counts whole, so the result is never too high.
     */
    static double ofPart(List<ChatReply.Token> tokens, String part) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        tokens.forEach(token -> text.writeBytes(bytes(token)));
        // Latin-1 keeps one character a byte, so that a place in the string is a place in the bytes.
        String haystack = text.toString(StandardCharsets.ISO_8859_1);
        String needle = new String(part.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        int at = haystack.lastIndexOf(needle);
        return at < 0 || needle.isEmpty() ? Double.NaN : between(tokens, at, at + needle.length());
    }

    private static double between(List<ChatReply.Token> tokens, int from, int to) {
        double sum = 0;
        int at = 0;
        for (ChatReply.Token token : tokens) {
            int end = at + bytes(token).length;
            if (end > from && at < to) {
                sum += token.logProbability();
            }
            at = end;
        }
        return Math.min(1, Math.exp(sum));
    }

    // A character of several bytes may be cut between tokens, whose text then holds a replacement character; the bytes
    // are exact.
    private static byte[] bytes(ChatReply.Token token) {
        if (token.bytes().isEmpty()) {
            return token.text().getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = new byte[token.bytes().size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = token.bytes().get(i) instanceof Json.Num(BigDecimal value) ? value.byteValue() : 0;
        }
        return bytes;
    }
}
