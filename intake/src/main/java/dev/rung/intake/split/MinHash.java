package dev.rung.intake.split;

import java.util.SplittableRandom;

/**
 * A short signature of a set, two of which agree the more the more alike the sets are.
 *
 * <p>Each of {@value #HASHES} hash functions keeps its smallest value over the set; two sets share a smallest value with a probability equal to their
 * Jaccard similarity J (Broder 1997). {@value #ROWS} of them together make one of {@value #BANDS} bands, and two sets share at least one band with a
 * probability of 1 − (1 − J⁵)¹⁶: 0.998 at J = 0.8, 0.4 at 0.5, 0.04 at 0.3. One bit of each of the first 64 values makes a sketch, of whose bits two
 * sets share (1 + J) / 2 on average (Li and König 2010). Stateless and thread-safe.
 */
final class MinHash {
    static final int BANDS = 16;
    private static final int ROWS = 5;
    private static final int HASHES = BANDS * ROWS;
    private static final int[] MASKS = new int[HASHES];
    private static final int[] FACTORS = new int[HASHES];

    static {
        // Fixed for ever: another seed would find other near duplicates, and move rows to other splits.
        SplittableRandom random = new SplittableRandom(0x52554E47);
        for (int k = 0; k < HASHES; k++) {
            MASKS[k] = random.nextInt();
            FACTORS[k] = random.nextInt() | 1;
        }
    }

    private final int[] smallest = new int[HASHES];

    /** Returns the signature of {@code grams}. */
    static MinHash of(long[] grams) {
        int[] mixed = new int[grams.length];
        for (int i = 0; i < grams.length; i++) {
            mixed[i] = mix(grams[i]);
        }
        MinHash signature = new MinHash();
        for (int k = 0; k < HASHES; k++) {
            int mask = MASKS[k];
            int factor = FACTORS[k];
            int least = Integer.MAX_VALUE;
            for (int value : mixed) {
                least = Math.min(least, (value ^ mask) * factor);
            }
            signature.smallest[k] = least;
        }
        return signature;
    }

    /** Returns 32 bits that stand for the values of one band. */
    int band(int band) {
        long hash = band;
        for (int k = band * ROWS; k < (band + 1) * ROWS; k++) {
            hash = mix64(hash ^ smallest[k]);
        }
        return (int) (hash >>> 32);
    }

    /** Returns one bit of each of the first 64 values. */
    long sketch() {
        long bits = 0;
        for (int k = 0; k < Long.SIZE; k++) {
            bits |= (long) ((smallest[k] * 0x9E3779B1) >>> 31) << k;
        }
        return bits;
    }

    private static int mix(long value) {
        return (int) (mix64(value) >>> 32);
    }

    // The finalizer of MurmurHash3.
    static long mix64(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
