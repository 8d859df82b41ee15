package dev.rung.learn;

import java.util.function.LongConsumer;

/**
 * Lists the n-grams of a text as 64-bit hashes.
 *
 * <p>A hash stands for its n-gram: among a million distinct n-grams the chance of any collision is below 3 in 10⁸
 * (birthday bound), and a collision would only merge two columns.
 */
final class GramScanner {
    private static final long WORD_SEED = 0x9E3779B97F4A7C15L;
    private static final long CHARACTER_SEED = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME = 0x100000001B3L;

    private final NgramSettings settings;

    GramScanner(NgramSettings settings) {
        this.settings = settings;
    }

    /** Gives each occurrence of a word n-gram in {@code form}, a text in {@link TextForm}. */
    void words(String form, LongConsumer sink) {
        long previous = 0;
        long beforePrevious = 0;
        int seen = 0;
        int end = 0;
        while (settings.longestWordGram() > 0 && end < form.length()) {
            int start = end;
            while (start < form.length() && !Character.isLetterOrDigit(form.charAt(start))) {
                start++;
            }
            end = start;
            while (end < form.length() && Character.isLetterOrDigit(form.charAt(end))) {
                end++;
            }
            if (end > start) {
                long word = hash(form, start, end);
                sink.accept(scramble(word));
                if (seen >= 1 && settings.longestWordGram() >= 2) {
                    sink.accept(scramble(scramble(previous) * PRIME + word));
                }
                if (seen >= 2 && settings.longestWordGram() >= 3) {
                    sink.accept(scramble(scramble(scramble(beforePrevious) * PRIME + previous) * PRIME + word));
                }
                beforePrevious = previous;
                previous = word;
                seen++;
            }
        }
    }

    /**
     * Gives each occurrence of a character n-gram inside the space-separated words of {@code form}, each word with a
     * space at either end; a word shorter than n counts once, whole.
     */
    void characters(String form, LongConsumer sink) {
        if (settings.longestCharacterGram() == 0) {
            return;
        }
        int start = 0;
        while (start < form.length()) {
            int end = form.indexOf(' ', start);
            end = end < 0 ? form.length() : end;
            charactersOfWord(form, start - 1, end + 1, sink);
            start = end + 1;
        }
    }

    /** The span includes the blank before and after the word, which may lie outside the string. */
    private void charactersOfWord(String form, int from, int to, LongConsumer sink) {
        for (int first = from; first < to; first++) {
            long hash = CHARACTER_SEED;
            int longest = Math.min(settings.longestCharacterGram(), to - first);
            for (int length = 1; length <= longest; length++) {
                hash = (hash ^ charAt(form, first + length - 1)) * PRIME;
                boolean whole = first == from && length == to - from;
                if (length >= settings.shortestCharacterGram() || whole) {
                    sink.accept(scramble(hash));
                }
            }
        }
    }

    private static char charAt(String form, int index) {
        return index < 0 || index >= form.length() ? ' ' : form.charAt(index);
    }

    private static long hash(String form, int start, int end) {
        long hash = WORD_SEED;
        for (int i = start; i < end; i++) {
            hash = (hash ^ form.charAt(i)) * PRIME;
        }
        return hash;
    }

    /** The finaliser of MurmurHash3 (Appleby), so that short n-grams spread over all 64 bits; never 0. */
    private static long scramble(long hash) {
        long mixed = hash;
        mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        mixed ^= mixed >>> 33;
        return mixed == 0 ? 1 : mixed;
    }
}
