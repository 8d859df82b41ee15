package dev.rung.core.data;

import dev.rung.core.Sha256;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * By what a row is recognised when it comes back in another file, at another place, with another label or other punctuation.
 *
 * <p>A row has two marks: the hash of its question, and the hash of its duplicate cluster. Rows that share one are not fresh evidence beside each other. Stateless.
 */
public final class RowMarks {
    private RowMarks() {}

    /** Returns the marks of {@code example}. */
    public static List<Sha256> of(Example example) {
        return List.of(ofQuestion(example.input()), Sha256.of("cluster\n" + example.cluster()));
    }

    /** Returns the mark of a question. */
    public static Sha256 ofQuestion(String input) {
        StringBuilder words = new StringBuilder();
        Normalizer.normalize(input, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(words::appendCodePoint);
        return Sha256.of("question\n" + (words.isEmpty() ? input.strip() : words));
    }
}
