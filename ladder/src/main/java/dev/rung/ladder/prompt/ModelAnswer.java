package dev.rung.ladder.prompt;

import dev.rung.core.RungException;
import dev.rung.core.economics.Price;
import dev.rung.core.json.Json;
import dev.rung.core.model.Completion;
import dev.rung.core.model.LabelChoice;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.model.Prompt;
import dev.rung.core.model.Usage;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.json.JsonText;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What a model said to a prompt, as an output of the task. */
public record ModelAnswer(Output output, Usage usage, Price price, Duration time) {
    /**
     * The confidence of every such answer: unknown. A model's shares rank labels and say nothing of how often the first is right, and to calibrate them would take
     * calls on a few hundred rows for each candidate (docs/decisions/0012-promises-and-confidence.md).
     */
    public static final double CONFIDENCE = Double.NaN;

    /** Asks {@code model}; a prompt that does not fit, or a call that fails, is an answer without output. */
    public static ModelAnswer ask(
            LanguageModel model,
            OutputContract contract,
            Instruction instruction,
            Prompt prompt,
            int maxTokens,
            Clock clock) {
        try {
            return switch (contract) {
                case OutputContract.Labels labels -> label(model, instruction, prompt, clock);
                case OutputContract.Fields(Json.Obj schema) -> completed(model, prompt, schema, maxTokens, clock);
                case OutputContract.Text text -> completed(model, prompt, null, maxTokens, clock);
            };
        } catch (RungException.WrongInput | RungException.Failed e) {
            return new ModelAnswer(
                    new Output.NoAnswer(String.valueOf(e.getMessage())),
                    Usage.NONE,
                    new Price.Unknown("the call failed"),
                    Duration.ZERO);
        }
    }

    private static ModelAnswer label(LanguageModel model, Instruction instruction, Prompt prompt, Clock clock) {
        List<String> names = new ArrayList<>(instruction.surfaces().keySet());
        List<String> words = new ArrayList<>(instruction.surfaces().values());
        LabelChoice choice = model.choose(prompt, words);
        String label = names.get(words.indexOf(choice.label()));
        return new ModelAnswer(
                new Output.Label(label),
                choice.usage(),
                price(model, choice.usage(), choice.time(), clock),
                choice.time());
    }

    private static ModelAnswer completed(
            LanguageModel model,
            Prompt prompt,
            Json.@org.jspecify.annotations.Nullable Obj schema,
            int maxTokens,
            Clock clock) {
        Completion completion = model.complete(prompt, schema, maxTokens);
        Output output = schema == null ? text(completion) : record(completion);
        return new ModelAnswer(
                output,
                completion.usage(),
                price(model, completion.usage(), completion.time(), clock),
                completion.time());
    }

    private static Output text(Completion completion) {
        return completion.finish() == Completion.Finish.REFUSAL
                ? new Output.NoAnswer("the model refused")
                : new Output.Text(completion.text().strip());
    }

    private static Output record(Completion completion) {
        return JsonText.parse(completion.text()) instanceof Json.Obj object
                ? new Output.Fields(object)
                : new Output.NoAnswer("the model's answer is not a JSON object");
    }

    private static Price price(LanguageModel model, Usage usage, Duration time, Clock clock) {
        return model.card().pricing().price(usage.raw(), time, LocalDate.now(clock));
    }
}
