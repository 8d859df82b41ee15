package dev.rung.ladder.simulation;

import dev.rung.core.statistics.SplitMix64;

/** A stream of random numbers that is the same for a seed on every platform. Not thread-safe. */
final class Chance {
    private static final double UNIT = 0x1.0p-53;

    private final SplitMix64 bits;

    Chance(long seed) {
        bits = new SplitMix64(seed);
    }

    /** Returns a number from [0, 1). */
    double uniform() {
        return (bits.next() >>> 11) * UNIT;
    }

    boolean happens(double probability) {
        return uniform() < probability;
    }

    int below(int bound) {
        return bits.below(bound);
    }

    long next() {
        return bits.next();
    }

    /** Returns a standard normal number, by the method of Box and Muller (1958). */
    double normal() {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * Math.PI * uniform());
    }

    /** Returns a number from [0, 1) that depends on {@code seed} and {@code place} alone. */
    static double at(long seed, long place) {
        return (mixed(seed, place) >>> 11) * UNIT;
    }

    /** Returns a seed that depends on both numbers. */
    static long mixed(long seed, long place) {
        return new SplitMix64(new SplitMix64(seed).next() ^ (place * 0x9E3779B97F4A7C15L)).next();
    }
}
