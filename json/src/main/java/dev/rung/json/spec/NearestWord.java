package dev.rung.json.spec;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the word that somebody who wrote another one probably meant. Stateless. */
public final class NearestWord {
    private NearestWord() {}

    /**
     * Returns the candidate with the fewest edits from {@code word}, or null when none is near: more than a third of the letters (at least two) would
     * have to change. Case, dashes and underscores do not count; the first of equals wins.
     */
    public static @Nullable String of(String word, Collection<String> candidates) {
        String plain = fold(word);
        int best = Math.max(2, plain.length() / 3) + 1;
        String nearest = null;
        for (String candidate : candidates) {
            int edits = edits(plain, fold(candidate));
            if (edits < best) {
                best = edits;
                nearest = candidate;
            }
        }
        return nearest;
    }

    private static String fold(String word) {
        return word.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }

    /** Returns the optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours (Damerau 1964). */
    public static int edits(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substitution, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
