package dev.rung.app.wiring;

import dev.rung.core.RungException;
import dev.rung.core.model.Encoder;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.SavedCalls;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Task;
import dev.rung.core.task.TaskName;
import dev.rung.ladder.abstain.AbstainLoader;
import dev.rung.ladder.cascade.CascadeLoader;
import dev.rung.ladder.climb.RungBuilder;
import dev.rung.ladder.climb.SolverLoader;
import dev.rung.ladder.distil.DistilRung;
import dev.rung.ladder.distil.StudentLoader;
import dev.rung.ladder.prior.PriorRung;
import dev.rung.ladder.prompt.ModelSource;
import dev.rung.ladder.prompt.PromptLoader;
import dev.rung.ladder.prompt.PromptRung;
import dev.rung.ladder.retrieve.RetrieveLoader;
import dev.rung.ladder.retrieve.RetrieveRung;
import dev.rung.models.LlamaEngine;
import dev.rung.models.ModelRack;
import dev.rung.models.ModelShelf;
import dev.rung.models.TaskModels;
import dev.rung.models.catalog.Catalog;
import dev.rung.models.catalog.CatalogEntry;
import dev.rung.models.catalog.ModelStore;
import dev.rung.models.catalog.Pull;
import dev.rung.models.catalog.PullProgress;
import dev.rung.models.egress.Egress;
import dev.rung.models.embed.BgeSmallEncoder;
import dev.rung.models.embed.CachedEncoder;
import dev.rung.models.llama.LlamaLanguageModel;
import dev.rung.models.llama.LlamaModel;
import dev.rung.store.Ledger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one run of Rung, each made when it is first needed and closed with this; for one thread, but what it returns says for itself.
 *
 * <p>Reads top to bottom: the folders, the ledger, the models, the rungs, the loaders.
 */
public final class Wiring implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(4);
    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);

    private final Path home;
    private final Map<String, String> environment;
    private final Clock clock;
    private @Nullable Ledger ledger;
    private @Nullable Catalog catalog;
    private @Nullable Encoder encoder;
    private final List<TaskModels> opened = new ArrayList<>();

    /** @param home the state folder, which need not exist yet */
    public Wiring(Path home, Map<String, String> environment, Clock clock) {
        this.home = home;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /** Returns the environment variables of this process. */
    Map<String, String> environment() {
        return environment;
    }

    public Path home() {
        return home;
    }

    Clock clock() {
        return clock;
    }

    /** Returns how many threads computing parts may use. */
    public int threads() {
        return THREADS;
    }

    public Ledger ledger() {
        if (ledger == null) {
            ledger = Ledger.open(home);
        }
        return ledger;
    }

    public Catalog catalog() {
        if (catalog == null) {
            catalog = Catalog.load(home, environment);
        }
        return catalog;
    }

    public ModelStore modelStore() {
        return ModelStore.of(environment);
    }

    public ModelShelf shelf() {
        return new ModelShelf(catalog(), modelStore(), environment, new LlamaInProcess(), () -> LocalDate.now(clock));
    }

    /** Fetches a model's weights and returns where they lie. */
    public Path pull(CatalogEntry entry, PullProgress progress) {
        try (Egress egress = Egress.forPulls(CONNECT, environment)) {
            return new Pull(modelStore(), egress, environment).pull(entry, progress);
        }
    }

    /**
     * Returns the folder from which {@code task} was climbed last.
     *
     * @throws RungException.WrongInput when the ledger does not say
     */
    public Path lastClimbed(TaskName task) {
        return ledger().climbs().list(task).reversed().stream()
                .flatMap(climb -> Stream.ofNullable(climb.folder()))
                .findFirst()
                .orElseThrow(() -> new RungException.WrongInput("the ledger in " + home
                        + " does not say where the examples of " + task + " lie; name the task's folder"));
    }

    /** Returns the models of {@code task}, their calls saved and booked on {@code run}; closed with this. */
    TaskModels models(Task task, String run) {
        TaskModels models = shelf().open(task, ledger().calls().of(task.name(), run));
        opened.add(models);
        return models;
    }

    /** Returns the shared encoder, its vectors kept in the ledger. */
    public Encoder encoder() {
        if (encoder == null) {
            Path cache = modelStore().folder().resolve(BgeSmallEncoder.ID.value());
            encoder = new CachedEncoder(
                    BgeSmallEncoder.load(cache, THREADS, catalog().machine()), ledger().embeddings());
        }
        return encoder;
    }

    /** Returns the encoder, or null on a machine where it cannot run. */
    @Nullable
    Encoder encoderIfAny() {
        try {
            return encoder();
        } catch (RungException.Unavailable e) {
            return null;
        }
    }

    /**
     * Returns the models of the catalog that run in this process; the caller closes it.
     *
     * @param encoder returns the shared encoder, which keeps what it computes nowhere
     */
    ModelRack rack(Supplier<Encoder> encoder) {
        return new ModelRack(catalog(), modelStore(), new LlamaInProcess(), encoder, Memory.half());
    }

    /** Returns all rungs, from the lowest up; those that this version does not build say so and name a price. */
    List<RungBuilder> rungs() {
        return List.of(
                new PromptRung(clock),
                new RetrieveRung(clock),
                new PriorRung(Rung.CACHE),
                new PriorRung(Rung.TUNE),
                new DistilRung(),
                new PriorRung(Rung.HOST),
                new PriorRung(Rung.CONTINUED_PRETRAINING),
                new PriorRung(Rung.FROM_SCRATCH));
    }

    /** Returns the solver of a release, loaded; the caller closes it. */
    public Solver load(Release release, Task task) {
        Path artifacts = ledger().releases().folder(release.id()).resolve("artifacts");
        return load(
                release.solution(),
                artifacts,
                task,
                ledger().calls().of(task.name(), "serve"),
                release.id().value());
    }

    /**
     * Returns a solution, loaded; the caller closes it.
     *
     * @param calls where answers of models that were paid for are found again, and kept
     * @param origin what it is a part of, for messages
     */
    Solver load(Solution solution, Path artifacts, Task task, SavedCalls calls, String origin) {
        ModelSource models = (id, fingerprint) -> model(task, id.value(), fingerprint, calls, origin);
        List<SolverLoader> loaders = new ArrayList<>(List.of(
                new PromptLoader(models, clock),
                new RetrieveLoader(models, this::encoder, clock),
                new StudentLoader(this::encoder, catalog().machine())));
        List<SolverLoader> single = List.copyOf(loaders);
        loaders.add(new CascadeLoader(single));
        loaders.add(new AbstainLoader(single));
        for (SolverLoader loader : loaders) {
            if (loader.kind().equals(solution.kind())) {
                return loader.load(solution, artifacts);
            }
        }
        throw new RungException.Unavailable(
                "this version cannot load a " + solution.kind() + " solution; use the version that made " + origin);
    }

    private LanguageModel model(Task task, String id, String fingerprint, SavedCalls calls, String origin) {
        TaskModels models = shelf().open(task, calls);
        opened.add(models);
        for (LanguageModel model : models.models()) {
            if (model.card().id().value().equals(id)) {
                if (!model.card().fingerprint().equals(fingerprint)) {
                    throw new RungException.Unavailable(origin + " was certified with another version of " + id
                            + "; climb again to certify this one");
                }
                return model;
            }
        }
        String why = models.leftOut().stream()
                .filter(one -> one.model().value().equals(id))
                .map(TaskModels.LeftOut::reason)
                .findFirst()
                .orElse("the task does not name it");
        throw new RungException.Unavailable(origin + " needs the model " + id + ": " + why);
    }

    @Override
    public void close() {
        opened.forEach(TaskModels::close);
        if (encoder != null) {
            encoder.close();
        }
        if (ledger != null) {
            ledger.close();
        }
    }

    private static final class LlamaInProcess implements LlamaEngine, ModelRack.Opener {
        @Override
        public Optional<String> trouble() {
            return LlamaModel.unavailable();
        }

        @Override
        public boolean works() {
            return trouble().isEmpty();
        }

        @Override
        public LlamaLanguageModel open(ModelCard card, Path weights) {
            AtExit.restEngine();
            return LlamaLanguageModel.load(card, weights);
        }
    }
}
