package dev.rung.models.llama;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.core.model.Completion;
import dev.rung.core.model.Completion.Finish;
import dev.rung.core.model.LabelChoice;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.Prompt;
import dev.rung.core.model.Usage;
import dev.rung.json.JsonText;
import dev.rung.json.SchemaCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A GGUF file as one of the catalog's models.
 *
 * <p>Thread-safe; one request at a time. Labels are scored exactly (see {@link LlamaSession#findLabel}), fields are held to their schema by a grammar, text is greedy.
 */
public final class LlamaLanguageModel implements LanguageModel {
    private final ModelCard card;
    private final LlamaModel model;
    private final LlamaSession session;

    private LlamaLanguageModel(ModelCard card, LlamaModel model, LlamaSession session) {
        this.card = card;
        this.model = model;
        this.session = session;
    }

    /** Loads the file that {@code card} describes; errors as {@link LlamaModel#load}. */
    public static LlamaLanguageModel load(ModelCard card, Path file) {
        LlamaModel model = LlamaModel.load(file);
        try {
            int wished = Math.min(card.contextTokens(), model.description().contextTokens());
            return new LlamaLanguageModel(card, model, model.open(new SessionOptions(wished, 0)));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public LabelChoice choose(Prompt prompt, List<String> labels) {
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("no labels to choose from");
        }
        int[] tokens = model.prompt(prompt.messages());
        Reading<LabelScores> reading = session.findLabel(tokens, labels);
        LabelScores found = reading.result();
        SequencedMap<String, Double> scores = new LinkedHashMap<>();
        for (int i : found.ranking()) {
            scores.put(labels.get(i), found.labels().get(i).share());
        }
        Usage usage = Usage.tokens(tokens.length, reading.cachedTokens(), found.decodedTokens());
        return new LabelChoice(labels.get(found.best()), scores, usage, Duration.ofNanos(reading.nanoseconds()));
    }

    @Override
    public Completion complete(Prompt prompt, Json.@Nullable Obj schema, int maxTokens) {
        int[] tokens = model.prompt(prompt.messages());
        String gbnf = schema == null ? null : SchemaGrammar.of(schema);
        Generation answer = session.generate(tokens, GenerationOptions.greedy(maxTokens), gbnf, piece -> {});
        if (schema != null) {
            validate(answer.text(), schema);
        }
        Usage usage = Usage.tokens(tokens.length, answer.cachedTokens(), answer.tokens());
        return new Completion(
                answer.text(),
                answer.complete() ? Finish.STOP : Finish.LENGTH,
                Math.exp(answer.logProbability()),
                usage,
                Duration.ofNanos(answer.nanoseconds()));
    }

    // The grammar gives the shape; a few keywords, such as bounds of numbers, it can only approach.
    private static void validate(String text, Json.Obj schema) {
        List<SchemaCheck.Problem> problems = SchemaCheck.of(schema).validate(JsonText.parse(text));
        if (!problems.isEmpty()) {
            throw new RungException.Failed("the model's answer does not satisfy the schema: " + problems.getFirst()
                    + ". The answer was: " + text);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
