package dev.rung.wire.form;

import java.security.SecureRandom;
import java.util.List;

/** The id of a reply as each vendor's clients know it: with the vendor's own prefix before what the server called it. Thread-safe. */
public final class ReplyId {
    private static final List<String> PREFIXES = List.of("chatcmpl-", "msg_", "resp_");
    private static final String HEX = "0123456789abcdef";
    private static final String LETTERS_AND_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String URL_SAFE = LETTERS_AND_DIGITS + "-_";
    private static final SecureRandom RANDOM = new SecureRandom();

    private ReplyId() {}

    /** Returns {@code id} with the prefix of {@code dialect} in place of another's; when it is empty, a fresh one. */
    public static String of(Dialect dialect, String id) {
        String bare = bare(id);
        return bare.isEmpty() ? fresh(dialect) : prefix(dialect) + bare;
    }

    /** Returns an id that no other reply has: at least 128 random bits in the form of {@code dialect}. */
    public static String fresh(Dialect dialect) {
        return prefix(dialect)
                + switch (dialect) {
                    case OPENAI -> random(LETTERS_AND_DIGITS, 29);
                    case ANTHROPIC -> "01" + random(LETTERS_AND_DIGITS, 22);
                    case RESPONSES -> random(HEX, 48);
                    case GEMINI -> random(URL_SAFE, 22);
                };
    }

    private static String prefix(Dialect dialect) {
        return switch (dialect) {
            case OPENAI -> "chatcmpl-";
            case ANTHROPIC -> "msg_";
            case RESPONSES -> "resp_";
            case GEMINI -> "";
        };
    }

    private static String random(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        byte[] bytes = new byte[length];
        while (text.length() < length) {
            RANDOM.nextBytes(bytes);
            for (int i = 0; i < length && text.length() < length; i++) {
                int index = bytes[i] & (Integer.highestOneBit(alphabet.length() - 1) * 2 - 1);
                if (index < alphabet.length()) { // any other would favour the first characters
                    text.append(alphabet.charAt(index));
                }
            }
        }
        return text.toString();
    }

    /** Returns {@code id} without any vendor's prefix. */
    public static String bare(String id) {
        for (String prefix : PREFIXES) {
            if (id.startsWith(prefix)) {
                return id.substring(prefix.length());
            }
        }
        return id;
    }
}
