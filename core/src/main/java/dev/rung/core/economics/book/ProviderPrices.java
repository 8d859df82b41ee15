package dev.rung.core.economics.book;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one provider's models cost.
 *
 * @param id its name in the book
 * @param address what its API's addresses begin with; null when the book does not say
 * @param names other names by which it goes; null for none
 * @param models which models are its own, when only a model is named; null for none
 * @param fallbacks providers whose prices hold for models that this one sells and the book does not list under it
 */
public record ProviderPrices(
        String id,
        @Nullable Pattern address,
        @Nullable ModelMatch names,
        @Nullable ModelMatch models,
        List<String> fallbacks,
        List<Extractor> extractors,
        List<ModelPrices> prices) {
    public ProviderPrices {
        fallbacks = List.copyOf(fallbacks);
        extractors = List.copyOf(extractors);
        prices = List.copyOf(prices);
    }

    /** Returns how to read replies of one kind. */
    public Optional<Extractor> extractor(String flavour) {
        return extractors.stream()
                .filter(extractor -> extractor.flavour().equals(flavour))
                .findFirst();
    }

    /** Returns the first model that {@code name}, in lower case, means. */
    Optional<ModelPrices> own(String name) {
        for (ModelPrices model : prices) {
            if (model.match().matches(name)) {
                return Optional.of(model);
            }
        }
        return Optional.empty();
    }
}
