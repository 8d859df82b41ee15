package dev.rung.ladder.judge;

import dev.rung.core.RungException;
import dev.rung.core.economics.Price;
import dev.rung.core.json.Json;
import dev.rung.core.model.Completion;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.model.Prompt;
import dev.rung.core.model.Usage;
import dev.rung.json.JsonText;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A model that judges answers by a rubric; thread-safe as far as the model is. Does not close the model, which is shared.
 *
 * <p>Its verdicts have the form of a JSON Schema, which a local model is held to by a grammar and a hosted one by structured output. What its calls cost, where they
 * may go and that none is paid twice is the model's affair, as for any call of the task.
 */
public final class RubricJudge {
    // Room for the reason and the braces around it.
    private static final int MOST_TOKENS = 400;

    private final Rubric rubric;
    private final LanguageModel model;
    private final Clock clock;

    public RubricJudge(Rubric rubric, LanguageModel model, Clock clock) {
        this.rubric = rubric;
        this.model = model;
        this.clock = clock;
    }

    /** Tells which judge this is. */
    public JudgeIdentity identity() {
        return new JudgeIdentity(model.card().id(), model.card().fingerprint(), rubric.hash());
    }

    /**
     * Judges one answer; a call that fails, or a reply that is no verdict, rejects the answer and says so.
     *
     * @throws RungException.Unavailable when the model cannot be reached at all
     */
    public Judgement judge(JudgedCase judged) {
        Reply reply = ask(JudgePrompt.verdict(rubric, judged), JudgePrompt.VERDICT, "verdict");
        return new Judgement(
                JudgePrompt.ACCEPT.equals(reply.word), reply.reason, reply.word != null, reply.usage, reply.price);
    }

    /** Which of two answers is better. */
    public enum Better {
        FIRST,
        SECOND,
        TIE
    }

    /**
     * Compares two answers in both orders. One is better only if it wins in both: a judge that prefers a place, not an answer, makes a tie.
     *
     * @throws RungException.Unavailable when the model cannot be reached at all
     */
    public Better compare(String input, @Nullable String reference, String first, String second) {
        Prompt straight = JudgePrompt.comparison(rubric, input, reference, first, second);
        Prompt swapped = JudgePrompt.comparison(rubric, input, reference, second, first);
        String one = ask(straight, JudgePrompt.COMPARISON, "better").word;
        String other = ask(swapped, JudgePrompt.COMPARISON, "better").word;
        if (JudgePrompt.FIRST.equals(one) && JudgePrompt.SECOND.equals(other)) {
            return Better.FIRST;
        }
        return JudgePrompt.SECOND.equals(one) && JudgePrompt.FIRST.equals(other) ? Better.SECOND : Better.TIE;
    }

    private record Reply(@Nullable String word, String reason, Usage usage, Price price) {}

    private Reply ask(Prompt prompt, Json.Obj schema, String key) {
        Completion completion;
        try {
            completion = model.complete(prompt, schema, MOST_TOKENS);
        } catch (RungException.WrongInput | RungException.Failed e) {
            return new Reply(
                    null, String.valueOf(e.getMessage()), Usage.NONE, new Price.Unknown("the judge's call failed"));
        }
        Price price = model.card().pricing().price(completion.usage().raw(), completion.time(), LocalDate.now(clock));
        if (completion.finish() == Completion.Finish.REFUSAL) {
            return new Reply(null, "the judge refused", completion.usage(), price);
        }
        try {
            Json.Obj said = (Json.Obj) JsonText.parse(completion.text());
            return new Reply(said.string(key), said.string("reason"), completion.usage(), price);
        } catch (RungException | IllegalArgumentException | ClassCastException e) {
            return new Reply(null, "the judge's reply is no verdict", completion.usage(), price);
        }
    }
}
