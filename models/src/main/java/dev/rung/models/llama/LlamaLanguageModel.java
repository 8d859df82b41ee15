package dev.rung.models.llama;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.core.model.ChatAnswer;
import dev.rung.core.model.ChatModel;
import dev.rung.core.model.ChatPrompt;
import dev.rung.core.model.Completion;
import dev.rung.core.model.Completion.Finish;
import dev.rung.core.model.LabelChoice;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.model.Message;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A GGUF file as one of the catalog's models.
 *
 * <p>Thread-safe; one request at a time. Labels are scored exactly (see {@link LlamaSession#findLabel}), fields are held to their schema by a grammar, text is greedy unless asked
 * otherwise.
 */
public final class LlamaLanguageModel implements LanguageModel, ChatModel {
    private static final int EXCERPT = 200;

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
            whole(answer);
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

    @Override
    public int count(List<Message> messages) {
        return model.prompt(messages).length;
    }

    @Override
    public ChatAnswer answer(ChatPrompt prompt, Consumer<String> pieces) {
        int[] tokens = model.prompt(prompt.messages());
        int room = session.contextTokens() - tokens.length;
        if (room < 1) {
            throw DecodeContext.overflow(tokens.length + 1, session.contextTokens());
        }
        String gbnf = switch (prompt.form()) {
            case ChatPrompt.Form.Text text -> null;
            case ChatPrompt.Form.AnyObject object -> ObjectGrammar.TEXT;
            case ChatPrompt.Form.Satisfies(Json.Obj schema) -> SchemaGrammar.of(schema);
        };
        int most = Math.min(room, prompt.maxTokens());
        Generation said =
                session.generate(tokens, new GenerationOptions(most, prompt.stops(), prompt.sampling()), gbnf, pieces);
        if (prompt.form() instanceof ChatPrompt.Form.Satisfies(Json.Obj schema)
                && said.complete()
                && said.stop() == null) {
            validate(said.text(), schema);
        }
        ChatAnswer.End end = said.stop() != null
                ? ChatAnswer.End.STOP
                : said.complete()
                        ? ChatAnswer.End.SAID
                        : room < prompt.maxTokens() ? ChatAnswer.End.CONTEXT_FULL : ChatAnswer.End.LENGTH;
        return new ChatAnswer(
                said.text(),
                end,
                said.stop(),
                Usage.tokens(tokens.length, said.cachedTokens(), said.tokens()),
                Duration.ofNanos(said.nanoseconds()));
    }

    private static void whole(Generation answer) {
        if (!answer.complete()) {
            String text = answer.text();
            throw new RungException.Failed("the model's answer was not complete after " + answer.tokens()
                    + " tokens, the most it may have; a cut-off one would not satisfy the schema. It began: "
                    + (text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…"));
        }
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
