package dev.rung.models;

import dev.rung.core.RungException;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.SavedCalls;
import dev.rung.core.task.Task;
import dev.rung.models.catalog.Availability;
import dev.rung.models.catalog.AvailabilityCheck;
import dev.rung.models.catalog.Catalog;
import dev.rung.models.catalog.CatalogEntry;
import dev.rung.models.catalog.Engine;
import dev.rung.models.catalog.ModelStore;
import dev.rung.models.catalog.Weights;
import dev.rung.models.egress.Egress;
import dev.rung.models.openai.OpenAiModel;
import dev.rung.models.openai.Patience;
import dev.rung.models.saved.SavedLanguageModel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Opens the models that a task may use: those it names, or every generative one that is usable here and may see its data. */
public final class ModelShelf {
    private final Catalog catalog;
    private final ModelStore store;
    private final Map<String, String> environment;
    private final LlamaEngine llama;
    private final AvailabilityCheck check;

    /**
     * Returns the shelf.
     *
     * @param environment where keys are read from
     * @param today decides what is retired
     */
    public ModelShelf(
            Catalog catalog,
            ModelStore store,
            Map<String, String> environment,
            LlamaEngine llama,
            Supplier<LocalDate> today) {
        this.catalog = catalog;
        this.store = store;
        this.environment = Map.copyOf(environment);
        this.llama = llama;
        this.check = new AvailabilityCheck(store, this.environment, llama::trouble, today);
    }

    /** Returns what can be said of each model of the catalog without a task. */
    public AvailabilityCheck check() {
        return check;
    }

    /**
     * Opens the models of {@code task}; none is loaded before it is asked something that has not been saved.
     *
     * @throws RungException.WrongInput when the task names a model that there is not, or one that cannot answer
     */
    public TaskModels open(Task task, SavedCalls calls) {
        Egress egress = Egress.under(task.data(), environment);
        boolean opened = false;
        try {
            List<SavedLanguageModel> models = new ArrayList<>();
            List<TaskModels.LeftOut> leftOut = new ArrayList<>();
            for (CatalogEntry entry : wanted(task)) {
                switch (check.of(entry, task.data())) {
                    case Availability.Usable usable -> put(entry, egress, calls, models, leftOut);
                    case Availability.Unusable unusable ->
                        leftOut.add(new TaskModels.LeftOut(entry.id(), unusable.reason()));
                }
            }
            opened = true;
            return new TaskModels(models, leftOut, egress);
        } finally {
            if (!opened) {
                egress.close();
            }
        }
    }

    /**
     * Opens one model, to answer with rather than to climb with: its calls are not saved.
     *
     * @param egress of the task that it answers for; stays the caller's
     * @throws RungException.Unavailable when it cannot be used, or not for the task's data; the message says why
     */
    public LanguageModel open(ModelId id, Egress egress) {
        CatalogEntry entry = catalog.require(id);
        return switch (check.of(entry, egress.rule())) {
            case Availability.Usable usable -> open(entry, egress);
            case Availability.Unusable unusable ->
                throw new RungException.Unavailable(id + " cannot be used: " + unusable.reason());
        };
    }

    private List<CatalogEntry> wanted(Task task) {
        if (task.models().isEmpty()) {
            return catalog.entries().stream()
                    .filter(entry -> entry.kind() == ModelCard.Kind.GENERATIVE)
                    .toList();
        }
        List<CatalogEntry> named = new ArrayList<>();
        for (ModelId id : task.models()) {
            CatalogEntry entry = catalog.require(id);
            if (entry.kind() != ModelCard.Kind.GENERATIVE) {
                throw new RungException.WrongInput(
                        "found the encoder \"" + id + "\" under models:, expected generative "
                                + "models. Delete it: encoders are used without being named");
            }
            named.add(entry);
        }
        return named;
    }

    private void put(
            CatalogEntry entry,
            Egress egress,
            SavedCalls calls,
            List<SavedLanguageModel> models,
            List<TaskModels.LeftOut> leftOut) {
        try {
            models.add(new SavedLanguageModel(open(entry, egress), calls));
        } catch (RungException.Corrupt | RungException.Unavailable | RungException.WrongInput e) {
            String message = e.getMessage();
            leftOut.add(new TaskModels.LeftOut(entry.id(), message == null ? "cannot be opened" : message));
        }
    }

    private LanguageModel open(CatalogEntry entry, Egress egress) {
        return switch (entry.engine()) {
            case Engine.Llama(Weights weights) -> {
                ModelCard card = entry.card(store.verified(entry.id(), weights).hex());
                yield new LazyLanguageModel(card, () -> llama.open(card, store.file(entry.id(), weights)));
            }
            case Engine.OpenAi server -> {
                String variable = server.keyVariable();
                yield new OpenAiModel(
                        entry.card(server.fingerprint()),
                        server,
                        variable == null ? null : environment.get(variable),
                        egress,
                        Patience.standard(),
                        RandomGenerator.getDefault());
            }
            case Engine.Onnx onnx ->
                throw new IllegalStateException("an encoder is no generative model: " + entry.id());
        };
    }
}
