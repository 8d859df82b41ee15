package dev.rung.ladder.judge;

import dev.rung.core.Sha256;
import java.util.List;

/**
 * A code between whose two markers text stands that is not to be obeyed.
 *
 * <p>The code is a hash of the very texts it encloses. To write the closing marker into one of them, its author would need a text that contains its own hash,
 * which takes 2<sup>95</sup> tries; yet the same texts always get the same code, so that a judgement can be saved and repeated, and no secret has to be kept.
 */
record Fence(String code) {
    private static final int DIGITS = 24;

    static Fence around(List<String> texts) {
        StringBuilder all = new StringBuilder();
        for (String text : texts) {
            all.append(text.length()).append(':').append(text);
        }
        return new Fence(Sha256.of(all.toString()).hex().substring(0, DIGITS));
    }

    String enclose(String title, String text) {
        return "[" + code + " begin " + title + "]\n" + text + "\n[" + code + " end " + title + "]\n";
    }
}
