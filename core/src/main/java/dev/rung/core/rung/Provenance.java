package dev.rung.core.rung;

import dev.rung.core.Sha256;
import dev.rung.core.model.ModelId;
import java.util.List;

/**
 * Where an answer comes from.
 *
 * @param solution the hash of the solution that answered
 * @param answeredBy the part of it that did, such as {@code student} or a stronger tier's name
 * @param models that were called or read
 */
public record Provenance(Sha256 solution, Rung rung, String answeredBy, List<ModelId> models) {
    public Provenance {
        models = List.copyOf(models);
    }
}
