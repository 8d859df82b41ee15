package dev.rung.core.economics.book;

import dev.rung.core.json.Json;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to read what was used out of one kind of reply.
 *
 * @param flavour the kind of reply, such as {@code chat} or {@code responses}
 * @param root where its usage record is
 * @param model where the name of the model is
 * @param mappings what is read; several for one unit are added up
 */
public record Extractor(String flavour, UsagePath root, UsagePath model, List<Mapping> mappings) {
    public Extractor {
        mappings = List.copyOf(mappings);
    }

    /** One number of the usage record. */
    public record Mapping(UsagePath path, BillingUnit unit, boolean required) {}

    /** What was read: the model's name, null where the reply does not say, and the counts. */
    public record Read(@Nullable String model, Counts counts) {}

    /** Reads a reply; empty when it is of another kind: no usage record, a required number missing, or none at all, or one below zero. */
    public Optional<Read> read(Json reply) {
        return root.from(reply) instanceof Json.Obj usage
                ? counts(usage)
                        .map(counts ->
                                new Read(model.from(reply) instanceof Json.Str(String name) ? name : null, counts))
                : Optional.empty();
    }

    /** Reads a usage record. */
    public Optional<Counts> counts(Json.Obj usage) {
        Map<BillingUnit, BigDecimal> counts = new EnumMap<>(BillingUnit.class);
        for (Mapping mapping : mappings) {
            if (mapping.path().from(usage) instanceof Json.Num(BigDecimal count)) {
                if (count.signum() < 0) {
                    return Optional.empty();
                }
                counts.merge(mapping.unit(), count, BigDecimal::add);
            } else if (mapping.required()) {
                return Optional.empty();
            }
        }
        return counts.isEmpty() ? Optional.empty() : Optional.of(new Counts(counts));
    }
}
