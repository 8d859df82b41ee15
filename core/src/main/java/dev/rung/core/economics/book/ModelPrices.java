package dev.rung.core.economics.book;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one model costs, by service tier and time.
 *
 * @param id its name in the book
 * @param match the names that mean it
 * @param tiers its prices for each tier that has any; the last that hold at a time count, and where none does, the first
 */
public record ModelPrices(String id, ModelMatch match, Map<ServiceTier, List<Dated>> tiers) {
    public ModelPrices {
        tiers = Map.copyOf(tiers);
        if (tiers.values().stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a tier of " + id + " has no prices");
        }
    }

    /** Prices and when they hold. */
    public record Dated(When when, Rates rates) {}

    /** Returns what {@code counts} cost at a time; unknown where the tier has no price. */
    public Quote quote(Counts counts, ServiceTier tier, Instant at) {
        List<Dated> dated = tiers.get(tier);
        return dated == null
                ? new Quote.Unknown("the price book has no " + tier + " price for " + id)
                : at(dated, at).quote(counts);
    }

    /** Returns the standard prices at a time; those of the first tier that there is where none are standard. */
    public Rates standard(Instant at) {
        List<Dated> dated = tiers.get(ServiceTier.STANDARD);
        return at(dated == null ? tiers.values().iterator().next() : dated, at);
    }

    private static Rates at(List<Dated> dated, Instant at) {
        for (int i = dated.size() - 1; i >= 0; i--) {
            if (dated.get(i).when().holds(at)) {
                return dated.get(i).rates();
            }
        }
        return dated.getFirst().rates();
    }
}
