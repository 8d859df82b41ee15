package dev.rung.models.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.economics.Pricing;
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
import dev.rung.json.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SavedLanguageModelTest {
    private static final List<String> LABELS = List.of("a", "b");
    private static final Usage USAGE = new Usage(12, 3, 4, Json.object("prompt_tokens", Json.of(12)));

    /** Keeps calls as text, as a ledger does. */
    private static final class Kept implements SavedCalls {
        private final Map<Sha256, String> answers = new ConcurrentHashMap<>();

        @Override
        public Json.@Nullable Obj find(Sha256 key) {
            String text = answers.get(key);
            return text == null ? null : (Json.Obj) JsonText.parse(text);
        }

        @Override
        public void save(Sha256 key, ModelId model, Json.Obj request, Json.Obj answer) {
            answers.putIfAbsent(key, answer.compact());
        }
    }

    /** A model that answers as it is told and counts. */
    private static final class Told implements LanguageModel {
        private final AtomicInteger calls = new AtomicInteger();
        private final String fingerprint;
        private final Supplier<LabelChoice> choice;

        Told(String fingerprint, Supplier<LabelChoice> choice) {
            this.fingerprint = fingerprint;
            this.choice = choice;
        }

        @Override
        public ModelCard card() {
            return new ModelCard(
                    new ModelId("told"),
                    fingerprint,
                    ModelCard.Kind.GENERATIVE,
                    Residency.LOCAL,
                    64,
                    Set.of(),
                    "none",
                    ModelCard.OutputsMayTrain.YES,
                    null,
                    new Pricing.Unpriced("test"));
        }

        @Override
        public LabelChoice choose(Prompt prompt, List<String> labels) {
            calls.incrementAndGet();
            return choice.get();
        }

        @Override
        public Completion complete(Prompt prompt, Json.@Nullable Obj schema, int maxTokens) {
            int n = calls.incrementAndGet();
            return new Completion("text " + n, Completion.Finish.STOP, Double.NaN, USAGE, Duration.ofNanos(n));
        }

        @Override
        public void close() {}
    }

    private final Kept kept = new Kept();

    @Test
    void a_question_that_is_asked_again_on_purpose_is_a_call_of_its_own() {
        Told told = new Told("v1", () -> choice(0.5, Double.NaN));
        SavedLanguageModel model = new SavedLanguageModel(told, kept);
        String first = model.complete(prompt("hi"), null, 9).text();
        assertThat(model.complete(prompt("hi").asked(1), null, 9).text()).isNotEqualTo(first);
        assertThat(model.complete(prompt("hi").asked(1), null, 9).text()).isEqualTo("text 2");
        assertThat(model.complete(prompt("hi"), null, 9).text()).isEqualTo(first);
        assertThat(told.calls).hasValue(2);
    }

    @Test
    void a_call_is_made_once_and_comes_back_whole_for_ever() {
        LabelChoice answer = choice(Math.nextUp(0.1), Double.NaN);
        Told told = new Told("v1", () -> answer);
        SavedLanguageModel first = new SavedLanguageModel(told, kept);
        assertThat(first.choose(prompt("hi"), LABELS)).isEqualTo(answer);
        SavedLanguageModel later = new SavedLanguageModel(told, kept);
        assertThat(later.choose(prompt("hi"), LABELS)).isEqualTo(answer);
        assertThat(told.calls).hasValue(1);
        assertThat(first.made()).isEqualTo(1);
        assertThat(later.made()).isZero();
        assertThat(later.reused()).isEqualTo(1);
    }

    @Test
    void whatever_determines_the_answer_makes_another_call_and_the_static_part_does_not() {
        Told told = new Told("v1", () -> choice(0.5, 0.5));
        SavedLanguageModel model = new SavedLanguageModel(told, kept);
        Json.Obj schema = Json.object("type", Json.of("object"));
        model.choose(prompt("hi"), LABELS);
        model.choose(prompt("ho"), LABELS);
        model.choose(prompt("hi"), List.of("a", "b", "c"));
        model.complete(prompt("hi"), null, 10);
        model.complete(prompt("hi"), schema, 10);
        model.complete(prompt("hi"), schema, 11);
        new SavedLanguageModel(new Told("v2", () -> choice(0.5, 0.5)), kept).choose(prompt("hi"), LABELS);
        assertThat(told.calls).hasValue(6);
        assertThat(kept.answers).hasSize(7);

        model.choose(new Prompt(prompt("hi").messages(), 0), LABELS);
        assertThat(model.complete(prompt("hi"), schema, 11).text()).isEqualTo("text 6");
        assertThat(told.calls).hasValue(6);
    }

    @Test
    void the_answer_is_saved_before_it_is_used() {
        SavedCalls broken = new SavedCalls() {
            @Override
            public Json.@Nullable Obj find(Sha256 key) {
                return null;
            }

            @Override
            public void save(Sha256 key, ModelId model, Json.Obj request, Json.Obj answer) {
                throw new RungException.Unavailable("disk full");
            }
        };
        SavedLanguageModel model = new SavedLanguageModel(new Told("v1", () -> choice(1, 0)), broken);
        assertThatThrownBy(() -> model.choose(prompt("hi"), LABELS)).hasMessage("disk full");
    }

    @Test
    void many_threads_that_ask_the_same_share_one_call() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Told told = new Told("v1", () -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return choice(0.7, 0.3);
        });
        SavedLanguageModel model = new SavedLanguageModel(told, kept);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<LabelChoice>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(threads.submit(() -> model.choose(prompt("hi"), LABELS)));
            }
            Thread.sleep(100);
            release.countDown();
            for (Future<LabelChoice> answer : answers) {
                assertThat(answer.get().label()).isEqualTo("a");
            }
        }
        assertThat(told.calls).hasValue(1);
        assertThat(model.made()).isEqualTo(1);
        assertThat(model.reused()).isEqualTo(49);
    }

    @Test
    void a_failure_that_lasts_is_kept_and_one_that_may_pass_is_not() {
        Told lasting = new Told("v1", () -> {
            throw RungException.Failed.lasting("refused");
        });
        SavedLanguageModel model = new SavedLanguageModel(lasting, kept);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> model.choose(prompt("hi"), LABELS))
                    .isInstanceOfSatisfying(
                            RungException.Failed.class,
                            e -> assertThat(e.lasts()).isTrue())
                    .hasMessage("refused");
        }
        assertThat(lasting.calls).hasValue(1);

        Told passing = new Told("v2", () -> {
            throw new RungException.Failed("status 503");
        });
        SavedLanguageModel other = new SavedLanguageModel(passing, kept);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> other.choose(prompt("hi"), LABELS)).hasMessage("status 503");
        }
        assertThat(passing.calls).hasValue(3);
    }

    private static LabelChoice choice(double a, double b) {
        SequencedMap<String, Double> scores = new LinkedHashMap<>();
        scores.put("a", a);
        scores.put("b", b);
        return new LabelChoice("a", scores, USAGE, Duration.ofNanos(1_234_567_891_011L));
    }

    private static Prompt prompt(String text) {
        return new Prompt(List.of(Message.system("s"), Message.user(text)), 1);
    }
}
