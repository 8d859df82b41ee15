package dev.rung.core.evidence.paired;

import dev.rung.core.statistics.Binomial;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which counts of {@code n} pairs the {@link ExactPairedTest} rejects, and how probable they are under a given truth: its size and its power, without simulation.
 *
 * <p>Boundaries are found as they are asked for, by the test itself. Not thread-safe.
 */
public final class RejectionBoundary {
    // Counts of discordant pairs that are this much less probable than the likeliest one are left out of sums.
    private static final double NEGLIGIBLE = 1e-12;

    private final int n;
    private final double difference;
    private final double level;
    private final TreeMap<Integer, Integer> boundary = new TreeMap<>();

    /** Describes the test of the hypothesis that gains exceed losses by at most {@code difference}, a rate. */
    public RejectionBoundary(int n, double difference, double level) {
        this.n = n;
        this.difference = difference;
        this.level = level;
    }

    /** Returns the most losses among {@code discordant} pairs with which the test rejects, -1 where it never does. */
    public int mostLosses(int discordant) {
        Integer known = boundary.get(discordant);
        if (known != null) {
            return known;
        }
        int most = Math.clamp(guess(discordant), -1, discordant);
        if (rejects(discordant, most)) {
            while (most < discordant && rejects(discordant, most + 1)) {
                most++;
            }
        } else {
            most--;
            while (!rejects(discordant, most)) {
                most--;
            }
        }
        boundary.put(discordant, most);
        return most;
    }

    // The boundary runs at about one loss for two more discordant pairs.
    private int guess(int discordant) {
        Map.Entry<Integer, Integer> below = boundary.floorEntry(discordant);
        Map.Entry<Integer, Integer> above = boundary.ceilingEntry(discordant);
        if (below != null && (above == null || discordant - below.getKey() <= above.getKey() - discordant)) {
            return below.getValue() + (discordant - below.getKey()) / 2;
        }
        return above != null
                ? above.getValue() - (above.getKey() - discordant) / 2
                : (int) (0.5 * (discordant - n * difference - 1.7 * Math.sqrt(discordant + 1.0)));
    }

    private boolean rejects(int discordant, int losses) {
        return losses < 0
                || ExactPairedTest.rejects(
                        new PairCounts(n - discordant, discordant - losses, losses, 0), difference, level);
    }

    /** Returns the probability of a rejection where a pair is a gain with probability {@code gain} and a loss with probability {@code loss}. */
    public double probability(double gain, double loss) {
        double discordance = gain + loss;
        if (discordance <= 0 || discordance >= 1) {
            int all = discordance <= 0 ? 0 : n;
            return given(all, discordance <= 0 ? 0 : loss);
        }
        double odds = discordance / (1 - discordance);
        double share = loss / discordance;
        int mode = (int) Math.min(n, Math.floor((n + 1) * discordance));
        double start = Binomial.probability(mode, n, discordance);
        double sum = start * given(mode, share);
        double weight = start;
        for (int d = mode; d > 0 && weight > NEGLIGIBLE * start; d--) {
            weight *= d / (n - d + 1.0) / odds;
            sum += weight * given(d - 1, share);
        }
        weight = start;
        for (int d = mode; d < n && weight > NEGLIGIBLE * start; d++) {
            weight *= (n - d) / (d + 1.0) * odds;
            sum += weight * given(d + 1, share);
        }
        return Math.min(1, sum);
    }

    private double given(int discordant, double lossShare) {
        return 1 - Binomial.atLeast(mostLosses(discordant) + 1, discordant, lossShare);
    }
}
