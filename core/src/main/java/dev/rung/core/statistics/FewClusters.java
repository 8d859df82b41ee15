package dev.rung.core.statistics;

/**
 * The interval of a mean of values from 0 to 1 that come in few clusters.
 *
 * <p>Few clusters may show none of what lies far from the rest, so each end is taken as if one more cluster had been seen, of the average size and all 0 (for the lower end) or all 1:
 * Student's t on the variance between clusters, which the added one bounds away from nothing. That leaves an interval no wider than the one of a rate with as many rows as Kish
 * counts clusters, which no spread exceeds. In simulations each covers at least as often as it says, and the first is up to half as wide.
 */
public final class FewClusters {
    private FewClusters() {}

    /** Returns the interval, each end of which is wrong with chance at most about {@code error}. */
    public static Interval of(Groups groups, double error) {
        Interval widest = RateInterval.at(groups.mean(), groups.effectiveClusters(), error);
        if (groups.allEqual()) {
            return widest; // exact where values of a cluster agree
        }
        double mean = groups.mean();
        return new Interval(
                Math.clamp(end(groups, 0, -1, error), widest.low(), mean),
                Math.clamp(end(groups, 1, 1, error), mean, widest.high()));
    }

    private static double end(Groups groups, double unseen, int side, double error) {
        int clusters = groups.clusters();
        double size = (double) groups.n() / clusters;
        double rows = groups.n() + size;
        double mean = (groups.sum() + unseen * size) / rows;
        double squares = (unseen - mean) * size * (unseen - mean) * size;
        for (int c = 0; c < clusters; c++) {
            double residual = groups.sum(c) - mean * groups.size(c);
            squares += residual * residual;
        }
        double standardError = Math.sqrt(squares * (clusters + 1) / clusters) / rows;
        return mean + side * Student.upperQuantile(error, clusters) * standardError;
    }
}
