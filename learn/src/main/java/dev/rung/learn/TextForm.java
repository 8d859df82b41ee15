package dev.rung.learn;

import java.text.Normalizer;
import java.util.Locale;

/** The form in which texts are compared: Unicode NFKC, lower case, any run of white space or control as one space. */
public final class TextForm {
    private TextForm() {}

    /** Returns {@code text} in that form, without leading or trailing space. */
    public static String of(String text) {
        String composed = Normalizer.isNormalized(text, Normalizer.Form.NFKC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFKC);
        String lower = composed.toLowerCase(Locale.ROOT);
        StringBuilder form = new StringBuilder(lower.length());
        boolean gap = false;
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (Character.isWhitespace(c) || Character.isISOControl(c) || Character.isSpaceChar(c)) {
                gap = true;
            } else {
                if (gap && !form.isEmpty()) {
                    form.append(' ');
                }
                gap = false;
                form.append(typewriter(c));
            }
        }
        return form.toString();
    }

    /** Curly quotes and apostrophes are typed straight as often as not. */
    private static char typewriter(char c) {
        return switch (c) {
            case '‘', '’', 'ʼ', '`', '´' -> '\'';
            case '“', '”', '„' -> '"';
            case '‐', '‑', '–', '—' -> '-';
            default -> c;
        };
    }
}
