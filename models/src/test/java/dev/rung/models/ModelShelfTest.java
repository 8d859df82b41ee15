package dev.rung.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import dev.rung.core.model.Completion;
import dev.rung.core.model.LabelChoice;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.model.Message;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Prompt;
import dev.rung.core.model.Residency;
import dev.rung.core.model.SavedCalls;
import dev.rung.core.model.Usage;
import dev.rung.core.task.Bar;
import dev.rung.core.task.ChangeRate;
import dev.rung.core.task.Metric;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Task;
import dev.rung.core.task.TaskName;
import dev.rung.models.catalog.Catalog;
import dev.rung.models.catalog.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelShelfTest {
    private static final Prompt PROMPT = new Prompt(List.of(Message.user("hi")), 0);

    @TempDir
    private Path folder;

    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();
    private Catalog catalog = Catalog.shipped();

    /** An engine that loads in no time and answers with the first label. */
    private final LlamaEngine engine = new LlamaEngine() {
        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }

        @Override
        public LanguageModel open(ModelCard card, Path weights) {
            loads.incrementAndGet();
            return new FirstLabel(card, closes);
        }
    };

    private record FirstLabel(ModelCard card, AtomicInteger closes) implements LanguageModel {
        @Override
        public LabelChoice choose(Prompt prompt, List<String> labels) {
            return new LabelChoice(
                    labels.getFirst(),
                    new LinkedHashMap<>(Map.of(labels.getFirst(), 1.0)),
                    Usage.NONE,
                    Duration.ofMillis(5));
        }

        @Override
        public Completion complete(Prompt prompt, Json.@Nullable Obj schema, int maxTokens) {
            return new Completion("", Completion.Finish.STOP, 1, Usage.NONE, Duration.ZERO);
        }

        @Override
        public void close() {
            closes.incrementAndGet();
        }
    }

    /** Calls that are kept in memory. */
    private static final class Kept implements SavedCalls {
        private final Map<Sha256, Json.Obj> answers = new LinkedHashMap<>();

        @Override
        public Json.@Nullable Obj find(Sha256 key) {
            return answers.get(key);
        }

        @Override
        public void save(Sha256 key, ModelId model, Json.Obj request, Json.Obj answer) {
            answers.put(key, answer);
        }
    }

    @BeforeEach
    void ownModel() throws IOException {
        Files.writeString(folder.resolve("own.gguf"), "weights");
        catalog = Catalog.with(
                Files.writeString(folder.resolve("models.yaml"), "models: {own: {file: own.gguf, context: 512}}\n"));
    }

    @Test
    void a_task_that_names_no_models_gets_every_usable_one_and_the_reasons_why_not_the_others() {
        try (TaskModels models = shelf(Map.of("OPENAI_API_KEY", "sk-1")).open(task(Residency.ANYWHERE), new Kept())) {
            assertThat(models.models())
                    .extracting(model -> model.card().id().value())
                    .contains("own", "gpt-5-mini")
                    .doesNotContain("bge-small-en-v1.5");
            assertThat(models.leftOut())
                    .extracting(left -> left.model() + ": " + left.reason())
                    .contains(
                            "smollm2-135m: not pulled: rung models pull smollm2-135m (98 MB)",
                            "claude-haiku: no key: set ANTHROPIC_API_KEY");
        }
    }

    @Test
    void local_data_leaves_only_local_models_and_an_egress_that_agrees() {
        try (TaskModels models = shelf(Map.of("OPENAI_API_KEY", "sk-1")).open(task(Residency.LOCAL), new Kept())) {
            assertThat(models.models())
                    .extracting(model -> model.card().id().value())
                    .containsExactly("own");
            assertThat(models.leftOut())
                    .extracting(left -> left.model() + ": " + left.reason())
                    .contains("gpt-5-mini: the task says data: local, and it runs anywhere");
            assertThat(models.egress().rule()).isEqualTo(Residency.LOCAL);
        }
    }

    @Test
    void named_models_come_in_the_tasks_order_and_unknown_ones_and_encoders_are_wrong() {
        ModelShelf shelf = shelf(Map.of("OPENAI_API_KEY", "sk-1"));
        try (TaskModels models = shelf.open(task(Residency.ANYWHERE, "gpt-5-nano", "own"), new Kept())) {
            assertThat(models.models())
                    .extracting(model -> model.card().id().value())
                    .containsExactly("gpt-5-nano", "own");
            assertThat(models.leftOut()).isEmpty();
        }
        assertThatThrownBy(() -> shelf.open(task(Residency.LOCAL, "gpt-nothing"), new Kept()))
                .isInstanceOf(RungException.WrongInput.class);
        assertThatThrownBy(() -> shelf.open(task(Residency.LOCAL, "bge-small-en-v1.5"), new Kept()))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining("encoder");
    }

    @Test
    void a_model_is_loaded_by_its_first_unsaved_question_and_closed_only_if_it_was_loaded() {
        Kept kept = new Kept();
        try (TaskModels models = shelf(Map.of()).open(task(Residency.LOCAL, "own"), kept)) {
            assertThat(loads).hasValue(0);
            LanguageModel own = models.find(new ModelId("own")).orElseThrow();
            assertThat(own.card().fingerprint()).isEqualTo(Sha256.of("weights").hex());
            own.choose(PROMPT, List.of("a", "b"));
            own.choose(PROMPT, List.of("a", "c"));
            assertThat(loads).hasValue(1);
            assertThat(models.callsMade()).isEqualTo(2);
        }
        assertThat(closes).hasValue(1);
        try (TaskModels again = shelf(Map.of()).open(task(Residency.LOCAL, "own"), kept)) {
            again.find(new ModelId("own")).orElseThrow().choose(PROMPT, List.of("a", "b"));
            assertThat(again.callsMade()).isZero();
            assertThat(again.callsReused()).isEqualTo(1);
        }
        assertThat(loads).hasValue(1);
        assertThat(closes).hasValue(1);
    }

    private ModelShelf shelf(Map<String, String> environment) {
        return new ModelShelf(
                catalog,
                new ModelStore(folder.resolve("cache")),
                environment,
                engine,
                () -> LocalDate.of(2026, 11, 22));
    }

    private static Task task(Residency data, String... models) {
        Map<String, String> labels = new LinkedHashMap<>(Map.of("a", "", "b", ""));
        return new Task(
                new TaskName("t"),
                "choose",
                new OutputContract.Labels(new LinkedHashMap<>(labels), null),
                new Bar(List.of(new Requirement.AtLeast(Metric.ACCURACY, 0.9)), 0.95),
                data,
                null,
                ChangeRate.RARELY,
                List.of(models).stream().map(ModelId::new).toList());
    }
}
