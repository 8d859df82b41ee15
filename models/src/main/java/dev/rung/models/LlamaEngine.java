package dev.rung.models;

import dev.rung.core.model.LanguageModel;
import dev.rung.core.model.ModelCard;
import java.nio.file.Path;
import java.util.Optional;

/** What runs GGUF files in this process. */
public interface LlamaEngine {
    /** Returns why it cannot run on this machine; empty when it can. */
    Optional<String> trouble();

    /** Returns the model with the given weights, loaded; the caller closes it. */
    LanguageModel open(ModelCard card, Path weights);
}
