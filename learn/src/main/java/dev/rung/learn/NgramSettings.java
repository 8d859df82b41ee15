package dev.rung.learn;

/**
 * Which n-grams of a text become features.
 *
 * @param longestWordGram n-grams of 1 to this many words; 0 for none
 * @param shortestCharacterGram length of the shortest n-grams of characters within a word and its two edges
 * @param longestCharacterGram length of the longest; 0 for none
 * @param leastTexts an n-gram in fewer training texts than this is dropped
 * @param mostColumns of each kind (words, characters) at most this many, those in the most texts, are kept
 */
public record NgramSettings(
        int longestWordGram, int shortestCharacterGram, int longestCharacterGram, int leastTexts, int mostColumns) {
    /** Words 1-2 and characters 2-5, in at least two texts: what students are made with. */
    public static final NgramSettings FULL = new NgramSettings(2, 2, 5, 2, 30_000);

    /** Words 1-2 and characters 3-4, capped low: for audits, where speed matters more than the last half point. */
    public static final NgramSettings QUICK = new NgramSettings(2, 3, 4, 2, 8_000);

    public NgramSettings {
        if (longestWordGram < 0 || longestWordGram > 3) {
            throw new IllegalArgumentException("longestWordGram must be 0 to 3, found " + longestWordGram);
        }
        if (longestCharacterGram < 0 || longestCharacterGram > 8) {
            throw new IllegalArgumentException("longestCharacterGram must be 0 to 8, found " + longestCharacterGram);
        }
        if (longestCharacterGram > 0 && (shortestCharacterGram < 1 || shortestCharacterGram > longestCharacterGram)) {
            throw new IllegalArgumentException(
                    "shortestCharacterGram must be 1 to " + longestCharacterGram + ", found " + shortestCharacterGram);
        }
        if (leastTexts < 1 || mostColumns < 1) {
            throw new IllegalArgumentException("leastTexts and mostColumns must be 1 or more");
        }
    }
}
