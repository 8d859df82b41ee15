package dev.rung.core.evidence.paired;

import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What two solutions charged for an answer to the same example.
 *
 * @param cluster the duplicate cluster that the example belongs to
 */
public record PairedCost(String cluster, Price candidate, Price incumbent) {
    /** Returns the pairs of two trials in the candidate's order: one for each example that both answered. */
    public static List<PairedCost> of(List<Outcome> candidate, List<Outcome> incumbent) {
        Map<ExampleId, Price> before = new HashMap<>();
        incumbent.forEach(outcome -> before.put(outcome.example(), outcome.price()));
        List<PairedCost> pairs = new ArrayList<>();
        for (Outcome now : candidate) {
            Price then = before.get(now.example());
            if (then != null) {
                pairs.add(new PairedCost(now.cluster(), now.price(), then));
            }
        }
        return pairs;
    }

    boolean known() {
        return candidate instanceof Price.Known && incumbent instanceof Price.Known;
    }

    /** Returns what the candidate saves, in dollars; not a number where a price is unknown. */
    double saved() {
        return candidate instanceof Price.Known(Usd now) && incumbent instanceof Price.Known(Usd then)
                ? then.minus(now).amount().doubleValue()
                : Double.NaN;
    }

    static double dollars(Price price) {
        return price instanceof Price.Known(Usd amount) ? amount.amount().doubleValue() : Double.NaN;
    }
}
