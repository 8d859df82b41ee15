package dev.rung.models;

import dev.rung.core.model.LanguageModel;
import dev.rung.core.model.ModelId;
import dev.rung.models.egress.Egress;
import dev.rung.models.saved.SavedLanguageModel;
import java.util.List;
import java.util.Optional;

/**
 * The models that one task may use, in its order, and why it may not use the others. Closing it closes them all.
 *
 * @param models each loaded when first asked, each with every call saved
 * @param leftOut the others
 * @param egress the only way by which their calls leave the process
 */
public record TaskModels(List<SavedLanguageModel> models, List<LeftOut> leftOut, Egress egress)
        implements AutoCloseable {
    public TaskModels {
        models = List.copyOf(models);
        leftOut = List.copyOf(leftOut);
    }

    /** A model that is not usable, and why. */
    public record LeftOut(ModelId model, String reason) {}

    /** Returns the usable model of that name. */
    public Optional<LanguageModel> find(ModelId id) {
        return models.stream()
                .filter(model -> model.card().id().equals(id))
                .<LanguageModel>map(model -> model)
                .findFirst();
    }

    /** Returns how many calls went to models. */
    public long callsMade() {
        return models.stream().mapToLong(SavedLanguageModel::made).sum();
    }

    /** Returns how many calls were answered with what had been saved. */
    public long callsReused() {
        return models.stream().mapToLong(SavedLanguageModel::reused).sum();
    }

    @Override
    public void close() {
        try {
            models.forEach(SavedLanguageModel::close);
        } finally {
            egress.close();
        }
    }
}
