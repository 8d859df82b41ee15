package dev.rung.intake.split;

import dev.rung.core.Sha256;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/** A text without what does not make it another text: case, white space, punctuation and Unicode variants. Stateless. */
public final class NormalText {
    private static final int GRAM = 4;
    // A text is compared by its beginning: what two long documents share there tells whether they are copies.
    private static final int COMPARED = 32_768;

    private NormalText() {}

    /** Returns {@code text} in Unicode form NFKC, lower case, with one space for each run of anything but letters and digits. */
    public static String of(String text) {
        String folded = isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
        folded = folded.toLowerCase(Locale.ROOT);
        StringBuilder normal = new StringBuilder(folded.length());
        boolean gap = false;
        for (int i = 0; i < folded.length(); ) {
            int letter = folded.codePointAt(i);
            i += Character.charCount(letter);
            if (Character.isLetterOrDigit(letter) || Character.getType(letter) == Character.NON_SPACING_MARK) {
                if (gap && !normal.isEmpty()) {
                    normal.append(' ');
                }
                normal.appendCodePoint(letter);
                gap = false;
            } else {
                gap = true;
            }
        }
        // "???" and "!!!" are two texts, though neither has a letter.
        return normal.isEmpty() ? text.strip() : normal.toString();
    }

    /** Returns 64 bits of the SHA-256 of a normal text; two texts of a million share them with a probability under 10⁻⁷. */
    public static long hash(String normal) {
        byte[] digest = Sha256.newDigest().digest(normal.getBytes(StandardCharsets.UTF_8));
        long hash = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            hash = (hash << 8) | (digest[i] & 0xFF);
        }
        return hash;
    }

    /** Returns the distinct runs of four characters of a normal text, each packed into one number, ascending; never empty. */
    static long[] grams(String normal) {
        int length = Math.min(normal.length(), COMPARED);
        int count = Math.max(1, length - GRAM + 1);
        long[] grams = new long[count];
        for (int start = 0; start < count; start++) {
            long gram = 0;
            for (int i = start; i < Math.min(start + GRAM, length); i++) {
                gram = (gram << 16) | normal.charAt(i);
            }
            grams[start] = gram;
        }
        Arrays.sort(grams);
        int distinct = 1;
        for (int i = 1; i < count; i++) {
            if (grams[i] != grams[i - 1]) {
                grams[distinct++] = grams[i];
            }
        }
        return distinct == count ? grams : Arrays.copyOf(grams, distinct);
    }

    /** Returns the Jaccard similarity of two ascending sets: what they share, of all that they have. */
    static double jaccard(long[] a, long[] b) {
        int shared = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                shared++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return (double) shared / (a.length + b.length - shared);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
