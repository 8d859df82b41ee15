package dev.rung.core.evidence.paired;

import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.Estimate;
import dev.rung.core.json.Json;
import dev.rung.core.statistics.Bootstrap;
import dev.rung.core.statistics.Groups;
import dev.rung.core.statistics.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * What a candidate saves against an incumbent, in dollars for a thousand answers, on the examples that both answered.
 *
 * @param candidate the mean price of a thousand of its answers, not a number where one is unknown
 * @param incumbent likewise
 * @param saved the second less the first, with a bootstrap interval by duplicate cluster; below 0 where the candidate costs more
 */
public record Saving(double candidate, double incumbent, Estimate saved) {
    private static final String KEY = "saved_per_1000";

    /** Compares the prices of answers; {@code confidence} lies strictly between 0 and 1. */
    public static Saving of(List<PairedCost> pairs, double confidence) {
        if (pairs.isEmpty() || !pairs.stream().allMatch(PairedCost::known)) {
            return new Saving(
                    Double.NaN,
                    Double.NaN,
                    new Estimate(KEY, Double.NaN, Double.NaN, Double.NaN, pairs.size(), confidence));
        }
        Groups saved = Groups.of(pairs, PairedCost::cluster, PairedCost::saved);
        Interval interval = Bootstrap.of(saved, confidence);
        return new Saving(
                1000
                        * Groups.of(pairs, PairedCost::cluster, pair -> PairedCost.dollars(pair.candidate()))
                                .mean(),
                1000
                        * Groups.of(pairs, PairedCost::cluster, pair -> PairedCost.dollars(pair.incumbent()))
                                .mean(),
                new Estimate(
                        KEY,
                        1000 * saved.mean(),
                        1000 * interval.low(),
                        1000 * interval.high(),
                        saved.n(),
                        confidence));
    }

    /** Tells whether even the interval's near end lies on the candidate's side. */
    public boolean cheaper() {
        return saved.low() > 0;
    }

    /** Returns the saving as a share of the incumbent's price; not a number where that is unknown or nothing. */
    public double share() {
        return incumbent > 0 ? saved.estimate() / incumbent : Double.NaN;
    }

    /** Returns the comparison in one plain sentence. */
    public String sentence() {
        if (!saved.known()) {
            return saved.n() == 0
                    ? "no answers to compare the prices of"
                    : "what it saves is unknown, since some answers have no known price";
        }
        String prices = usd(candidate) + " per 1,000 against " + usd(incumbent);
        double most = Math.max(Math.abs(saved.low()), Math.abs(saved.high()));
        if (saved.low() > 0 || saved.high() < 0) {
            String share = incumbent > 0 ? " (" + percent(Math.abs(share())) + " %)" : "";
            String range = saved.low() == saved.high()
                    ? ", the same on every answer"
                    : ", between " + usd(Math.min(Math.abs(saved.low()), Math.abs(saved.high()))) + " and " + usd(most)
                            + " with " + percent(saved.confidence()) + " % confidence";
            return prices + ": " + (saved.low() > 0 ? "cheaper by " : "dearer by ") + usd(Math.abs(saved.estimate()))
                    + share + range;
        }
        return most == 0 ? prices + ": the same price" : prices + ": neither is shown to be cheaper";
    }

    private static String usd(double dollars) {
        return new Usd(BigDecimal.valueOf(dollars)).toString();
    }

    private static String percent(double share) {
        BigDecimal percent =
                BigDecimal.valueOf(100 * share).round(new MathContext(share >= 0.995 && share < 1 ? 4 : 3));
        return percent.stripTrailingZeros().toPlainString();
    }

    /** Returns the comparison as JSON. */
    public Json.Obj toJson() {
        return Json.object(
                        "candidate_per_1000", Json.of(candidate),
                        "incumbent_per_1000", Json.of(incumbent),
                        "saved", saved.toJson())
                .with("share", Json.of(share()))
                .with("sentence", Json.of(sentence()));
    }
}
