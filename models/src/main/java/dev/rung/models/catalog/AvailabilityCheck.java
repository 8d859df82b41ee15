package dev.rung.models.catalog;

import dev.rung.core.model.Residency;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells which models can be used here.
 *
 * @param llamaTrouble why llama.cpp cannot run on this machine, asked only when that is all that stands in the way
 * @param today decides what is retired
 */
public record AvailabilityCheck(
        ModelStore store,
        Map<String, String> environment,
        Supplier<Optional<String>> llamaTrouble,
        Supplier<LocalDate> today) {
    /** Returns whether {@code entry} can be used for data under {@code rule}. */
    public Availability of(CatalogEntry entry, Residency rule) {
        return rule.permits(entry.place()) ? of(entry) : new Availability.NotPermitted(rule, entry.place());
    }

    /** Returns whether {@code entry} can be used at all. */
    public Availability of(CatalogEntry entry) {
        LocalDate retires = entry.retires();
        if (retires != null && today.get().isAfter(retires)) {
            return new Availability.Retired(retires);
        }
        return switch (entry.engine()) {
            case Engine.Onnx onnx -> new Availability.Usable();
            case Engine.OpenAi server -> {
                String variable = server.keyVariable();
                yield variable != null && environment.getOrDefault(variable, "").isBlank()
                        ? new Availability.NoKey(variable)
                        : new Availability.Usable();
            }
            case Engine.Llama(Weights weights) -> llama(entry, weights);
        };
    }

    private Availability llama(CatalogEntry entry, Weights weights) {
        if (!store.has(entry.id(), weights)) {
            return switch (weights) {
                case Weights.OnDisk(var file) -> new Availability.NoFile(file);
                case Weights.Fetched fetched ->
                    new Availability.NotPulled(entry.id().value(), fetched.bytes());
            };
        }
        return llamaTrouble.get().<Availability>map(Availability.NoEngine::new).orElseGet(Availability.Usable::new);
    }
}
