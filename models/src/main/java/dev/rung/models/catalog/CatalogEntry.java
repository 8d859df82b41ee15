package dev.rung.models.catalog;

import dev.rung.core.economics.Pricing;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Residency;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model as the catalog knows it: a {@link ModelCard} but for the fingerprint, and what runs it.
 *
 * @param note what else a user must know; empty for nothing
 * @param retires the last day on which it can be called, if one is announced
 */
public record CatalogEntry(
        ModelId id,
        ModelCard.Kind kind,
        Engine engine,
        Residency place,
        int contextTokens,
        Set<ModelCard.Capability> capabilities,
        String licence,
        ModelCard.OutputsMayTrain outputsMayTrain,
        String note,
        @Nullable LocalDate retires,
        Pricing pricing) {
    public CatalogEntry {
        capabilities = Set.copyOf(capabilities);
    }

    /** Returns the card of the model whose weights have the hash, or whose server has the address, {@code fingerprint}. */
    public ModelCard card(String fingerprint) {
        return new ModelCard(
                id, fingerprint, kind, place, contextTokens, capabilities, licence, outputsMayTrain, retires, pricing);
    }
}
