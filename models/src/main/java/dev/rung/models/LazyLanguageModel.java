package dev.rung.models;

import dev.rung.core.json.Json;
import dev.rung.core.model.Completion;
import dev.rung.core.model.LabelChoice;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.Prompt;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A model that is loaded when it is first asked something, which may be never; thread-safe. */
final class LazyLanguageModel implements LanguageModel {
    private final ModelCard card;
    private final Supplier<LanguageModel> load;
    private final ReentrantLock loading = new ReentrantLock();
    private volatile @Nullable LanguageModel loaded;
    private boolean closed;

    LazyLanguageModel(ModelCard card, Supplier<LanguageModel> load) {
        this.card = card;
        this.load = load;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public LabelChoice choose(Prompt prompt, List<String> labels) {
        return loaded().choose(prompt, labels);
    }

    @Override
    public Completion complete(Prompt prompt, Json.@Nullable Obj schema, int maxTokens) {
        return loaded().complete(prompt, schema, maxTokens);
    }

    private LanguageModel loaded() {
        LanguageModel model = loaded;
        if (model != null) {
            return model;
        }
        loading.lock();
        try {
            LanguageModel first = loaded;
            if (closed) {
                throw new IllegalStateException(card.id() + " is closed");
            }
            if (first == null) {
                first = load.get();
                loaded = first;
            }
            return first;
        } finally {
            loading.unlock();
        }
    }

    @Override
    public void close() {
        loading.lock();
        try {
            closed = true;
            LanguageModel model = loaded;
            if (model != null) {
                model.close();
            }
        } finally {
            loading.unlock();
        }
    }
}
