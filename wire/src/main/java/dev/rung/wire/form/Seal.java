package dev.rung.wire.form;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor wants back, byte for byte, to go on from its own reasoning.
 *
 * @param format whose it is, in the words that {@code reasoning_details} of chat completions use, such as {@value #ANTHROPIC}
 * @param kind what it is
 * @param id the name of what it belongs to, or null
 * @param value opaque
 */
public record Seal(String format, Kind kind, @Nullable String id, String value) {
    public static final String ANTHROPIC = "anthropic-claude-v1";
    public static final String OPENAI = "openai-responses-v1";
    public static final String GEMINI = "google-gemini-v1";

    private static final String ENVELOPE = "rung-seal:";
    /** How base 64 of {@link #ENVELOPE} begins, up to the bits that the next byte shares. */
    private static final String IN_BASE_64 = "cnVuZy1zZWFsO";

    /** What a seal is. */
    public enum Kind {
        /** Vouches for reasoning whose text stands beside it. */
        SIGNATURE,
        /** Holds the reasoning itself, beside which a summary may stand. */
        ENCRYPTED,
        /** Belongs to the tool call that follows. */
        CALL
    }

    /** Returns this seal as one text in the alphabet of base 64, to travel where another vendor's seal has its place. */
    public String envelope() {
        String text = ENVELOPE + format + ":" + kind + ":" + (id == null ? "" : id) + ":" + value;
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the seal in {@code text} if that is an {@linkplain #envelope() envelope}, or else the seal {@code own}. */
    public static Seal open(String text, Seal own) {
        if (!text.startsWith(IN_BASE_64)) {
            return own;
        }
        try {
            String[] parts = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).split(":", 5);
            if (parts.length < 5) {
                return own;
            }
            return new Seal(parts[1], Kind.valueOf(parts[2]), parts[3].isEmpty() ? null : parts[3], parts[4]);
        } catch (IllegalArgumentException e) {
            return own; // begins like ours and is not
        }
    }
}
