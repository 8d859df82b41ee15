package dev.rung.models.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import dev.rung.core.model.Message;
import dev.rung.core.model.Sampling;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlamaSessionTest {
    private static LlamaModel model;

    @BeforeAll
    static void load() {
        model = LlamaModel.load(SmallModel.file());
    }

    @AfterAll
    static void close() {
        if (model != null) {
            model.close();
        }
    }

    @Test
    void a_prompt_read_from_where_it_differs_scores_as_if_read_afresh() {
        int[] first = model.prompt(List.of(Message.system("You name capitals."), Message.user("France?")));
        int[] second = model.prompt(List.of(Message.system("You name capitals."), Message.user("Norway?")));
        try (LlamaSession warm = model.open(SessionOptions.DEFAULT);
                LlamaSession fresh = model.open(SessionOptions.DEFAULT)) {
            warm.logits(first);
            Reading<LabelScores> reading =
                    warm.scoreLabels(second, List.of("Oslo", "Paris"), LabelSearch.Effort.BEST_ONLY);
            assertThat(reading.cachedTokens()).isGreaterThanOrEqualTo(first.length / 2);
            float[] reused = warm.logits(second);
            float[] anew = fresh.logits(second);
            assertThat(reused).isEqualTo(anew);
        }
    }

    @Test
    void one_thread_and_two_give_the_same_bits() {
        int[] prompt = model.prompt(List.of(Message.user("Write a line about rain.")));
        try (LlamaSession one = model.open(new SessionOptions(512, 1));
                LlamaSession two = model.open(new SessionOptions(512, 2))) {
            assertThat(one.logits(prompt)).isEqualTo(two.logits(prompt));
        }
    }

    @Test
    void the_most_probable_continuation_of_a_plain_text_is_sensible_and_ends_where_told() {
        int[] prompt = model.tokens("The capital of France is");
        try (LlamaSession session = model.open(SessionOptions.DEFAULT)) {
            StringBuilder streamed = new StringBuilder();
            Generation answer = session.generate(
                    prompt, new GenerationOptions(12, List.of("."), Sampling.GREEDY), streamed::append);
            assertThat(answer.text()).isEqualTo(" Paris");
            assertThat(answer.complete()).isTrue();
            assertThat(streamed).hasToString(" Paris");
            Generation cut = session.generate(prompt, GenerationOptions.greedy(3), piece -> {});
            assertThat(cut.complete()).isFalse();
            assertThat(cut.tokens()).isEqualTo(3);
        }
    }

    @Test
    void draws_at_a_temperature_repeat_with_their_seed() {
        int[] prompt = model.tokens("Once upon a time");
        try (LlamaSession session = model.open(SessionOptions.DEFAULT)) {
            GenerationOptions options = new GenerationOptions(12, List.of(), new Sampling(1, 1, 0, 5));
            String first = session.generate(prompt, options, piece -> {}).text();
            assertThat(session.generate(prompt, options, piece -> {}).text()).isEqualTo(first);
            String other = session.generate(
                            prompt, new GenerationOptions(12, List.of(), new Sampling(1, 1, 0, 6)), piece -> {})
                    .text();
            assertThat(other).isNotEqualTo(first);
        }
    }

    @Test
    void what_the_c_code_would_abort_on_is_an_exception() {
        try (LlamaSession session = model.open(new SessionOptions(64, 1))) {
            assertThatThrownBy(() -> session.logits(new int[0])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> session.logits(new int[] {49152})).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> session.logits(new int[] {-1})).isInstanceOf(IllegalArgumentException.class);
            int[] tooLong = new int[65];
            Arrays.fill(tooLong, 100);
            assertThatThrownBy(() -> session.logits(tooLong))
                    .isInstanceOf(RungException.WrongInput.class)
                    .hasMessageContaining("65 tokens")
                    .hasMessageContaining("64");
            // After every refusal the session still works.
            assertThat(session.logits(Arrays.copyOf(tooLong, 64))).hasSize(49152);
        }
        try (DecodeContext context = new DecodeContext(model.handle(), model.vocabulary(), 64, ThreadTuner.fixed(1))) {
            assertThatThrownBy(context::decode).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> context.add(1, -1, 0, true)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> context.add(1, context.capacity(), 0, true))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> context.add(1, 0, -1, true)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> context.share(0, -3, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> context.logits(0, new float[49152])).isInstanceOf(IllegalArgumentException.class);
            for (int i = 0; i < DecodeContext.BATCH; i++) {
                context.add(1, i % context.capacity(), i / context.capacity(), false);
            }
            assertThatThrownBy(() -> context.add(1, 0, 0, true)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(context::decode).isInstanceOf(RungException.WrongInput.class);
        }
    }

    @Test
    void a_text_longer_than_the_context_at_first_makes_it_grow() {
        int[] text = model.tokens("one two three four five six seven eight nine ten ".repeat(150));
        assertThat(text.length).isGreaterThan(1024);
        try (LlamaSession session = model.open(SessionOptions.DEFAULT)) {
            session.logits(Arrays.copyOf(text, 10));
            assertThat(model.text(largest(session.logits(text)))).isNotEmpty();
        }
    }

    @Test
    void an_adapter_that_is_missing_or_none_is_a_clear_error(@TempDir Path folder) {
        try (LlamaSession session = model.open(new SessionOptions(64, 1))) {
            assertThatThrownBy(() -> session.setAdapter(folder.resolve("none.gguf"), 1))
                    .isInstanceOf(RungException.Unavailable.class);
            assertThatThrownBy(() -> session.setAdapter(SmallModel.file(), 1))
                    .isInstanceOf(RungException.Corrupt.class);
            session.clearAdapter();
            assertThat(session.logits(new int[] {1})).hasSize(49152);
        }
    }

    @Test
    void many_callers_of_one_session_each_get_their_own_answer() throws Exception {
        List<int[]> prompts = List.of(
                model.tokens("The capital of France is"),
                model.tokens("Two plus two is"),
                model.tokens("Once upon a"),
                model.tokens("The opposite of hot is"));
        try (LlamaSession session = model.open(SessionOptions.DEFAULT);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> alone = prompts.stream().map(p -> answer(session, p)).toList();
            List<Callable<String>> calls = prompts.stream()
                    .<Callable<String>>map(p -> () -> answer(session, p))
                    .toList();
            List<Future<String>> together = callers.invokeAll(calls);
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(i));
            }
        }
    }

    private static String answer(LlamaSession session, int[] prompt) {
        return session.generate(prompt, GenerationOptions.greedy(5), piece -> {})
                .text();
    }

    private static int largest(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }
}
