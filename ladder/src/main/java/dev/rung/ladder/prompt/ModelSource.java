package dev.rung.ladder.prompt;

import dev.rung.core.model.LanguageModel;
import dev.rung.core.model.ModelId;

/** Where a release that is loaded again finds the model that its recipe names. */
@FunctionalInterface
public interface ModelSource {
    /**
     * Returns the model, open.
     *
     * @throws dev.rung.core.RungException.Unavailable where it cannot be had, or is another version than {@code fingerprint}
     */
    LanguageModel open(ModelId id, String fingerprint);
}
