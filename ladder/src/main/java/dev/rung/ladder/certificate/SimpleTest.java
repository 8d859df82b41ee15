package dev.rung.ladder.certificate;

/** The sequential test the plain way: the wealth as a product, row by row, and the last look by walking through every count. */
final class SimpleTest {
    private static final int WAYS = 40;

    private final double floor;
    private final double level;
    private final boolean binary;
    private final double[] stakes = new double[WAYS];

    /** Tests whether scores have a mean above {@code floor}; {@code proof} tells how the stake is spread. */
    SimpleTest(double floor, double level, boolean binary, boolean proof) {
        this.floor = floor;
        this.level = level;
        this.binary = binary;
        double sum = 0;
        for (int j = 0; j < WAYS; j++) {
            stakes[j] = proof ? share(j) * (1 - share(j)) : Math.sqrt(1 - share(j));
            sum += stakes[j];
        }
        for (int j = 0; j < WAYS; j++) {
            stakes[j] /= sum;
        }
    }

    private static double share(int j) {
        return (j + 0.5) / WAYS;
    }

    private double needed() {
        return 1 / (binary ? 0.9 * level : level);
    }

    /** Returns after how many of the scores the wealth first reached what is needed; a number past the last when it never did. */
    int crossing(double[] scores) {
        double[] wealth = stakes.clone();
        for (int n = 1; n <= scores.length; n++) {
            double x = scores[n - 1];
            double sum = 0;
            for (int j = 0; j < WAYS; j++) {
                wealth[j] *= floor == 0 ? 1 : 1 + share(j) / floor * (x - floor);
                sum += wealth[j];
            }
            boolean refuted = floor == 0 ? x > 0 : floor < 1 && sum >= needed();
            if (refuted) {
                return n;
            }
        }
        return Integer.MAX_VALUE;
    }

    /** Tells whether the count at the last row is one of the largest, which all that the looks before left of the level can pay for. */
    boolean lastLook(double[] scores) {
        if (!binary || floor <= 0 || floor >= 1) {
            return false;
        }
        int rows = scores.length;
        double[] open = new double[rows + 1];
        open[0] = 1;
        double crossed = 0;
        for (int n = 1; n <= rows; n++) {
            for (int hits = n; hits >= 0; hits--) {
                open[hits] = open[hits] * (1 - floor) + (hits > 0 ? open[hits - 1] * floor : 0);
            }
            for (int hits = n; hits >= 0 && wealth(hits, n) >= needed(); hits--) {
                crossed += open[hits];
                open[hits] = 0;
            }
        }
        int found = 0;
        for (double score : scores) {
            found += score == 1 ? 1 : 0;
        }
        double asGood = 0;
        for (int hits = found; hits <= rows; hits++) {
            asGood += open[hits];
        }
        return crossed + asGood <= level;
    }

    private double wealth(int hits, int n) {
        double sum = 0;
        for (int j = 0; j < WAYS; j++) {
            sum += stakes[j]
                    * Math.exp(hits * Math.log(1 - share(j) + share(j) / floor) + (n - hits) * Math.log(1 - share(j)));
        }
        return sum;
    }
}
