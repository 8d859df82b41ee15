package dev.rung.core.statistics;

/** The generator of Steele, Lea and Flood (2014, "Fast splittable pseudorandom number generators"): the same numbers for a seed on every platform. Not thread-safe. */
public final class SplitMix64 {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    public SplitMix64(long seed) {
        state = seed;
    }

    /** Returns the generator of {@code seed} as it is after {@code numbers} numbers. */
    static SplitMix64 after(long seed, long numbers) {
        return new SplitMix64(seed + numbers * STEP);
    }

    public long next() {
        state += STEP;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Returns a number from 0 to {@code bound - 1}: the high half of the product, whose bias is below {@code bound / 2^64}. */
    public int below(int bound) {
        return (int) Math.unsignedMultiplyHigh(next(), bound);
    }
}
