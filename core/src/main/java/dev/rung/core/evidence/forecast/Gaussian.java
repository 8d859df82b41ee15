package dev.rung.core.evidence.forecast;

import dev.rung.core.statistics.SplitMix64;

/** Standard normal numbers by the polar method (Marsaglia and Bray 1964), the same for a seed on every platform. Not thread-safe. */
final class Gaussian {
    private final SplitMix64 random;
    private double spare = Double.NaN;

    Gaussian(long seed) {
        random = new SplitMix64(seed);
    }

    double next() {
        if (!Double.isNaN(spare)) {
            double kept = spare;
            spare = Double.NaN;
            return kept;
        }
        while (true) {
            double x = 2 * uniform() - 1;
            double y = 2 * uniform() - 1;
            double s = x * x + y * y;
            if (s > 0 && s < 1) {
                double factor = Math.sqrt(-2 * StrictMath.log(s) / s);
                spare = y * factor;
                return x * factor;
            }
        }
    }

    double uniform() {
        return (random.next() >>> 11) * 0x1p-53;
    }
}
