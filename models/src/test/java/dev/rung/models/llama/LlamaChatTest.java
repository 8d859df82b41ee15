package dev.rung.models.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import dev.rung.core.economics.Pricing;
import dev.rung.core.json.Json;
import dev.rung.core.model.ChatAnswer;
import dev.rung.core.model.ChatPrompt;
import dev.rung.core.model.Message;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Prompt;
import dev.rung.core.model.Residency;
import dev.rung.core.model.Sampling;
import dev.rung.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real model asked as callers ask. */
class LlamaChatTest {
    private static final int CONTEXT = 256;
    private static final List<Message> RAIN =
            List.of(Message.system("You are brief."), Message.user("Write a line about rain."));
    private static LlamaLanguageModel model;

    @BeforeAll
    static void load() {
        ModelCard card = new ModelCard(
                new ModelId("small"),
                "0",
                ModelCard.Kind.GENERATIVE,
                Residency.LOCAL,
                CONTEXT,
                Set.of(),
                "Apache-2.0",
                ModelCard.OutputsMayTrain.YES,
                null,
                new Pricing.Unpriced("a test"));
        model = LlamaLanguageModel.load(card, SmallModel.file());
    }

    @AfterAll
    static void close() {
        if (model != null) {
            model.close();
        }
    }

    private static ChatPrompt prompt(int most, Sampling sampling, String... stops) {
        return new ChatPrompt(RAIN, new ChatPrompt.Form.Text(), most, List.of(stops), sampling);
    }

    @Test
    void pieces_are_the_answer_and_the_use_is_counted() {
        List<String> pieces = new ArrayList<>();
        ChatAnswer answer = model.answer(prompt(12, Sampling.GREEDY), pieces::add);
        assertThat(String.join("", pieces)).isEqualTo(answer.text()).isNotBlank();
        assertThat(pieces).hasSizeGreaterThan(6);
        assertThat(answer.end()).isEqualTo(ChatAnswer.End.LENGTH);
        assertThat(answer.usage().outputTokens()).isEqualTo(12);
        assertThat(answer.usage().inputTokens()).isEqualTo(model.count(RAIN));
        ChatAnswer again = model.answer(prompt(12, Sampling.GREEDY), piece -> {});
        assertThat(again.text()).isEqualTo(answer.text());
        assertThat(again.usage().cachedInputTokens()).isEqualTo(again.usage().inputTokens() - 1);
    }

    @Test
    void a_seed_repeats_a_draw_and_the_narrowest_draw_is_greedy() {
        Sampling wide = new Sampling(1.2, 0.95, 50, 7);
        String drawn = model.answer(prompt(16, wide), piece -> {}).text();
        assertThat(model.answer(prompt(16, wide), piece -> {}).text()).isEqualTo(drawn);
        assertThat(model.answer(prompt(16, new Sampling(1.2, 0.95, 50, 8)), piece -> {})
                        .text())
                .isNotEqualTo(drawn);
        String greedy = model.answer(prompt(16, Sampling.GREEDY), piece -> {}).text();
        assertThat(model.answer(prompt(16, new Sampling(2, 1e-6, 0, 7)), piece -> {})
                        .text())
                .isEqualTo(greedy);
        assertThat(model.answer(prompt(16, new Sampling(2, 1, 1, 7)), piece -> {})
                        .text())
                .isEqualTo(greedy);
    }

    @Test
    void a_text_to_stop_at_ends_the_answer_and_is_named() {
        String whole = model.answer(prompt(12, Sampling.GREEDY), piece -> {}).text();
        String stop = whole.substring(whole.length() / 2, whole.length() / 2 + 3);
        ChatAnswer stopped = model.answer(prompt(12, Sampling.GREEDY, stop, "never said"), piece -> {});
        assertThat(stopped.end()).isEqualTo(ChatAnswer.End.STOP);
        assertThat(stopped.stop()).isEqualTo(stop);
        assertThat(stopped.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
    }

    @Test
    void an_object_of_any_shape_is_json() {
        ChatPrompt asked = new ChatPrompt(
                List.of(Message.user("Describe Mia, who is 7, as JSON with name and age.")),
                new ChatPrompt.Form.AnyObject(),
                150,
                List.of(),
                Sampling.GREEDY);
        ChatAnswer answer = model.answer(asked, piece -> {});
        assertThat(answer.end()).isEqualTo(ChatAnswer.End.SAID);
        assertThat(JsonText.parse(answer.text())).as(answer.text()).isInstanceOf(Json.Obj.class);
    }

    @Test
    void a_schema_is_satisfied_unless_the_answer_is_cut_which_it_says() {
        Json.Obj schema = (Json.Obj) JsonText.parse("""
                {"type":"object","required":["name","age"],
                 "properties":{"name":{"type":"string"},"age":{"type":"integer","minimum":0,"maximum":120}}}""");
        ChatPrompt asked = new ChatPrompt(
                List.of(Message.user("Mia is 7.")),
                new ChatPrompt.Form.Satisfies(schema),
                60,
                List.of(),
                Sampling.GREEDY);
        Json.Obj answer =
                (Json.Obj) JsonText.parse(model.answer(asked, piece -> {}).text());
        assertThat(answer.get("name")).isInstanceOf(Json.Str.class);
        assertThat(answer.get("age")).isInstanceOf(Json.Num.class);
        ChatPrompt short_ = new ChatPrompt(asked.messages(), asked.form(), 3, List.of(), Sampling.GREEDY);
        assertThat(model.answer(short_, piece -> {}).end()).isEqualTo(ChatAnswer.End.LENGTH);
        // A task's answer is whole or an error.
        Prompt task = new Prompt(asked.messages(), 0);
        assertThatThrownBy(() -> model.complete(task, schema, 3))
                .isInstanceOf(RungException.Failed.class)
                .hasMessageContaining("3 tokens");
    }

    @Test
    void an_answer_ends_where_the_context_does_and_a_prompt_without_room_is_refused() {
        List<Message> full = List.of(Message.user("rain ".repeat(200)));
        int left = CONTEXT - model.count(full);
        assertThat(left).isPositive();
        ChatPrompt asked = new ChatPrompt(full, new ChatPrompt.Form.Text(), 1_000, List.of(), new Sampling(2, 1, 0, 1));
        ChatAnswer answer = model.answer(asked, piece -> {});
        assertThat(answer.end()).isIn(ChatAnswer.End.CONTEXT_FULL, ChatAnswer.End.SAID);
        assertThat(answer.usage().outputTokens()).isLessThanOrEqualTo(left);
        List<Message> over = List.of(Message.user("rain ".repeat(400)));
        assertThatThrownBy(() -> model.answer(
                        new ChatPrompt(over, new ChatPrompt.Form.Text(), 5, List.of(), Sampling.GREEDY), piece -> {}))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining("256");
    }

    @Test
    void an_interrupt_stops_the_model_within_a_token_and_the_next_question_is_answered() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicInteger after = new AtomicInteger();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                model.answer(prompt(200, new Sampling(2, 1, 0, 3)), piece -> {
                    begun.countDown();
                    try {
                        // Once the caller is interrupted the model's thread is too, which ends this wait.
                        if (interrupted.getCount() > 0) {
                            interrupted.await();
                        }
                        after.incrementAndGet();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            } catch (RuntimeException e) {
                thrown.set(e);
            }
        });
        begun.await();
        caller.interrupt();
        caller.join();
        assertThat(thrown.get()).isInstanceOf(RungException.Failed.class);
        interrupted.countDown();
        assertThat(model.answer(prompt(5, Sampling.GREEDY), piece -> {}).text()).isNotBlank();
        assertThat(after.get()).isLessThanOrEqualTo(1);
    }
}
