package dev.rung.core.evidence.paired;

/**
 * All outcomes of {@code n} pairs whose score is as large as a given one, and how probable they are.
 *
 * <p>Whoever is in stays in with one gain more or one loss less. Immutable.
 */
final class ScoreRegion {
    /** Scores that differ by less are the same but for rounding. */
    static final double ROUNDING = 1e-9;

    // Counts of losses that are this much less probable than the likeliest one are left out of sums.
    private static final double NEGLIGIBLE = 1e-18;

    private final int n;
    private final int[] least;

    /** Collects the outcomes whose {@link Score} against {@code difference} is {@code score} or more. */
    ScoreRegion(int n, double difference, double score) {
        this.n = n;
        least = new int[n + 1];
        int gains = 1;
        for (int losses = n; losses >= 0; losses--) {
            gains = losses == n || gains > n - losses - 1 ? n - losses + 1 : gains;
            while (gains > 0 && Score.of(gains - 1, losses, n, difference) >= score - ROUNDING) {
                gains--;
            }
            least[losses] = gains;
        }
    }

    /** Returns the least number of gains that is in beside {@code losses}, more than there can be if none is. */
    int least(int losses) {
        return least[losses];
    }

    /**
     * Returns the probability of the region where a pair is a gain with probability {@code gain} and a loss with probability {@code loss}.
     *
     * <p>It sums over the losses, from the likeliest number both ways; given them, gains are binomial among the other pairs.
     */
    double probability(double gain, double loss) {
        double share = loss < 1 ? Math.min(1, gain / (1 - loss)) : 0;
        int start = (int) Math.min(n, Math.floor((n + 1.0) * loss));
        double total = 1;
        double in = given(start, share);
        double odds = loss / (1 - loss);
        Given down = new Given(start, share);
        double weight = 1;
        for (int losses = start; losses > 0 && weight > NEGLIGIBLE; losses--) {
            weight *= losses / (n - losses + 1.0) / odds;
            total += weight;
            in += weight * down.at(losses - 1);
        }
        Given up = new Given(start, share);
        weight = 1;
        for (int losses = start; losses < n && weight > NEGLIGIBLE; losses++) {
            weight *= (n - losses) / (losses + 1.0) * odds;
            total += weight;
            in += weight * up.at(losses + 1);
        }
        return Math.min(1, in / total);
    }

    private double given(int losses, double share) {
        return new Given(losses, share).at(losses);
    }

    /** The probability of enough gains given the losses, which only falls as losses rise. */
    private final class Given {
        private static final double NONE = 1e-20;
        private static final double ALL = 1 - 1e-15;

        private final double share;
        private final BinomialTail tail;
        private int last;
        private double value = 0.5;

        Given(int start, double share) {
            this.share = share;
            last = start;
            double inside = Math.clamp(share, 1e-300, 1 - 1e-16);
            tail = new BinomialTail(n - start, least[start], inside);
        }

        double at(int losses) {
            if (share <= 0) {
                return least[losses] <= 0 ? 1 : 0;
            }
            if (share >= 1) {
                return least[losses] <= n - losses ? 1 : 0;
            }
            boolean settled = losses > last ? value < NONE : losses < last && value > ALL;
            if (!settled) {
                value = tail.at(n - losses, least[losses]);
            }
            last = losses;
            return value;
        }
    }
}
