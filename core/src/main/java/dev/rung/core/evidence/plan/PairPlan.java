package dev.rung.core.evidence.plan;

import dev.rung.core.evidence.PairWalk;
import dev.rung.core.evidence.paired.RejectionBoundary;
import dev.rung.core.statistics.Normal;
import java.util.Optional;

/**
 * How many pairs prove that a candidate is not worse than an incumbent by a margin, if it is as good as is hoped.
 *
 * @param margin strictly between 0 and 1
 * @param discordance the share of examples on which one of the two is right and the other wrong
 * @param difference the candidate's true rate less the incumbent's, above {@code -margin}; 0 for one that is just as good
 * @param fixed with the exact test of pairs whose number is fixed beforehand; about the least number with the wanted power
 * @param early with the test that may be looked at after every pair
 */
public record PairPlan(
        double margin,
        double discordance,
        double difference,
        Strictness strictness,
        Optional<Sample> fixed,
        Optional<Sample> early) {
    /** The most pairs that are looked into; a plan that needs more has none. */
    public static final int MOST = 12_000;

    /** Plans for one margin and one hope. */
    public static PairPlan of(double margin, double discordance, double difference, Strictness strictness) {
        boolean possible = margin > 0
                && margin < 1
                && discordance > 0
                && discordance <= 1
                && Math.abs(difference) <= discordance
                && difference > -margin;
        if (!possible) {
            throw new IllegalArgumentException("no pairs prove a difference of " + difference + " at " + discordance
                    + " discordant pairs to lie above -" + margin);
        }
        double gain = (discordance + difference) / 2;
        double loss = (discordance - difference) / 2;
        return new PairPlan(
                margin,
                discordance,
                difference,
                strictness,
                fixed(margin, gain, loss, strictness),
                early(margin, gain, loss, strictness));
    }

    /** Returns the large-sample number of pairs (Connett, Smith and McHugh 1987; Nam 1997), from which the search sets out. */
    static double largeSample(double margin, double gain, double loss, Strictness strictness) {
        double z = Normal.quantile(1 - strictness.alpha()) + Normal.quantile(strictness.power());
        double difference = gain - loss;
        return z * z * (gain + loss - difference * difference) / ((margin + difference) * (margin + difference));
    }

    private static Optional<Sample> fixed(double margin, double gain, double loss, Strictness strictness) {
        double start = largeSample(margin, gain, loss, strictness);
        if (start > MOST) {
            return Optional.empty();
        }
        int pairs = (int) Math.max(1, Math.ceil(0.98 * start));
        double power = fixedPower(margin, gain, loss, strictness.alpha(), pairs);
        while (power >= strictness.power() && pairs > 1) {
            pairs = (int) (0.95 * pairs);
            power = fixedPower(margin, gain, loss, strictness.alpha(), pairs);
        }
        while (power < strictness.power()) {
            pairs = Math.max(pairs + 1, (int) (pairs * step(power, strictness)));
            if (pairs > 2 * MOST) {
                return Optional.empty();
            }
            power = fixedPower(margin, gain, loss, strictness.alpha(), pairs);
        }
        return Optional.of(new Sample(pairs, pairs, power));
    }

    // By how much the pairs must grow for the wanted power if it goes on as for a normal distribution.
    private static double step(double power, Strictness strictness) {
        double wanted = Normal.quantile(1 - strictness.alpha()) + Normal.quantile(strictness.power());
        double found = Normal.quantile(1 - strictness.alpha()) + Normal.quantile(Math.clamp(power, 0.01, 0.999));
        return Math.min(2, Math.max(1.002, Math.pow(wanted / Math.max(0.1, found), 2)));
    }

    /** Returns the power of the exact test of a fixed number of pairs. */
    public static double fixedPower(double margin, double gain, double loss, double alpha, int pairs) {
        return new RejectionBoundary(pairs, -margin, alpha).probability(gain, loss);
    }

    private static Optional<Sample> early(double margin, double gain, double loss, Strictness strictness) {
        double start = largeSample(margin, gain, loss, strictness);
        if (start > MOST) {
            return Optional.empty();
        }
        PairWalk.Path path = new PairWalk(margin, strictness.alpha(), strictness.beta())
                .walk(gain, loss, strictness.power(), (int) (2 * start) + 500);
        int pairs = path.pairs();
        return path.passed(pairs) < strictness.power()
                ? Optional.empty()
                : Optional.of(new Sample(pairs, path.meanPairs(pairs), path.passed(pairs)));
    }
}
