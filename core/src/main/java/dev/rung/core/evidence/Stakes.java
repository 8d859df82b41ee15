package dev.rung.core.evidence;

/**
 * How a test spreads its stake over the ways in which the truth may exceed its floor.
 *
 * <p>A way is a share {@code u} of the distance from the floor to 1, and at once the share of the largest bet that it calls for. Any spread is valid; a
 * good one wins sooner where the truth usually lies.
 */
enum Stakes {
    /** For proving that a bar is met: most on truths about halfway between the bar and perfection. */
    FOR_PASS {
        @Override
        double density(double u) {
            return u * (1 - u);
        }
    },
    /** For proving that it is missed: more on near misses, yet enough on truths far below to reject those within a few rows. */
    FOR_FAIL {
        @Override
        double density(double u) {
            return Math.sqrt(1 - u);
        }
    };

    /** How many ways the stake is spread over: 40 cost no measurable power against a continuous spread. */
    static final int WAYS = 40;

    abstract double density(double u);

    /** Returns the shares {@code u}, the middles of equal parts of (0, 1). */
    static double[] shares() {
        double[] shares = new double[WAYS];
        for (int j = 0; j < WAYS; j++) {
            shares[j] = (j + 0.5) / WAYS;
        }
        return shares;
    }

    /** Returns the logarithm of the part of the stake on each way; the parts sum to 1. */
    double[] logWeights() {
        double[] shares = shares();
        double sum = 0;
        for (double u : shares) {
            sum += density(u);
        }
        double[] weights = new double[WAYS];
        for (int j = 0; j < WAYS; j++) {
            weights[j] = StrictMath.log(density(shares[j]) / sum);
        }
        return weights;
    }
}
