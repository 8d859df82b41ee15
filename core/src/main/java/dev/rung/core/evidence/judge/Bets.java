package dev.rung.core.evidence.judge;

import java.util.Arrays;

/**
 * The stakes of a {@link RectifiedTest}, one for each weight of the judge and share of the largest bet, and what units have multiplied them by.
 *
 * <p>Products are kept as numbers near 1 and powers of two, which is exact and needs no logarithm for each unit. Not thread-safe.
 */
final class Bets {
    private static final double[] WEIGHTS = {0, 0.25, 0.5, 0.75, 1};
    private static final int SHARES = 20;
    private static final double LN_2 = StrictMath.log(2);
    // A floor of 0 would allow bets without end; this is as good.
    private static final double LEAST_RANGE = 1e-9;

    private final double floor;
    private final double[] product = new double[WEIGHTS.length * SHARES];
    private final int[] exponent = new int[product.length];

    Bets(double floor) {
        this.floor = floor;
        Arrays.fill(product, 1);
    }

    void add(Paired labelled, double others) {
        for (int w = 0; w < WEIGHTS.length; w++) {
            double weight = WEIGHTS[w];
            double rectified = labelled.human() + weight * (others - labelled.judge());
            double gain = (rectified - floor) / Math.max(floor + weight, LEAST_RANGE);
            for (int s = 0; s < SHARES; s++) {
                int i = w * SHARES + s;
                double next = product[i] * Math.max(0, 1 + (s + 0.5) / SHARES * gain);
                int power = Math.getExponent(next);
                product[i] = next == 0 ? 0 : Math.scalb(next, -power);
                exponent[i] += next == 0 ? 0 : power;
            }
        }
    }

    private double log(int i) {
        return product[i] == 0 ? Double.NEGATIVE_INFINITY : StrictMath.log(product[i]) + exponent[i] * LN_2;
    }

    double largestLog() {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < product.length; i++) {
            largest = Math.max(largest, log(i));
        }
        return largest;
    }

    /** Returns the logarithm of the average over all stakes, each grown {@code times} over. */
    double logWealth(double times) {
        double largest = largestLog() * times;
        if (largest == Double.NEGATIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (int i = 0; i < product.length; i++) {
            sum += StrictMath.exp(log(i) * times - largest);
        }
        return largest + StrictMath.log(sum / product.length);
    }
}
