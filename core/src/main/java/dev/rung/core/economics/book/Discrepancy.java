package dev.rung.core.economics.book;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A price that two books state differently.
 *
 * @param provider in the first book
 * @param model in the first book
 */
public record Discrepancy(String provider, String model, BillingUnit unit, Rate first, Rate second) {
    /** Names under which LiteLLM's file knows providers of genai-prices. */
    private static final Map<String, String> ALIASES = Map.of(
            "google", "gemini",
            "x-ai", "xai",
            "aws", "bedrock_converse",
            "together", "together_ai",
            "fireworks", "fireworks_ai",
            "moonshotai", "moonshot",
            "zai", "zai");

    /** What a comparison found: how many prices both books state, and those that differ. */
    public record Comparison(int common, List<Discrepancy> differing) {
        public Comparison {
            differing = List.copyOf(differing);
        }
    }

    /** Compares the standard prices that both books have for the same model at a time. */
    public static Comparison compare(PriceBook first, PriceBook second, Instant at) {
        int common = 0;
        List<Discrepancy> differing = new ArrayList<>();
        for (ProviderPrices provider : first.providers()) {
            Optional<ProviderPrices> there = second.provider(provider.id())
                    .or(() -> second.provider(ALIASES.getOrDefault(provider.id(), provider.id())));
            if (there.isEmpty()) {
                continue;
            }
            for (ModelPrices model : provider.prices()) {
                Optional<ModelPrices> same = second.model(there.get(), model.id());
                if (same.isEmpty()) {
                    continue;
                }
                Map<BillingUnit, Rate> theirs = same.get().standard(at).rates();
                for (Map.Entry<BillingUnit, Rate> ours :
                        model.standard(at).rates().entrySet()) {
                    Rate other = theirs.get(ours.getKey());
                    if (other != null) {
                        common++;
                        if (!other.equals(ours.getValue())) {
                            differing.add(
                                    new Discrepancy(provider.id(), model.id(), ours.getKey(), ours.getValue(), other));
                        }
                    }
                }
            }
        }
        return new Comparison(common, differing);
    }
}
