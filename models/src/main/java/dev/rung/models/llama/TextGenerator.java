package dev.rung.models.llama;

import dev.rung.core.RungException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Generates one answer, token by token. Confined to the session's thread. */
final class TextGenerator {
    private final Vocabulary vocabulary;
    private final PromptReader reader;
    private final GenerationOptions options;
    private final @Nullable Grammar grammar;
    private final TokenChoice choice;
    private final AnswerText answer;
    private double logProbability;
    private int tokens;

    TextGenerator(
            Vocabulary vocabulary,
            PromptReader reader,
            GenerationOptions options,
            @Nullable Grammar grammar,
            Consumer<String> listener) {
        this.vocabulary = vocabulary;
        this.reader = reader;
        this.options = options;
        this.grammar = grammar;
        this.choice = new TokenChoice(grammar, options.sampling());
        this.answer = new AnswerText(options.stops(), listener);
    }

    /**
     * Answers.
     *
     * @param end the token that ends an answer, besides those the vocabulary marks as ends
     * @throws RungException.Failed when the grammar leaves no way on, or the thread was interrupted
     */
    Generation run(int[] prompt, int end) {
        long start = System.nanoTime();
        int cached = reader.read(prompt, options.maxTokens(), 0);
        boolean complete = answerUntilEnd(end);
        return new Generation(
                answer.finish(), complete, answer.stopped(), logProbability, tokens, cached, System.nanoTime() - start);
    }

    private boolean answerUntilEnd(int end) {
        while (true) {
            int token = choice.next(reader.logits());
            if (token < 0) {
                throw new RungException.Failed(
                        "the grammar leaves the model no token to go on with after: " + excerpt(answer.finish()));
            }
            logProbability += reader.logits()[token] - LogSoftmax.normalizer(reader.logits());
            if (token == end || vocabulary.isEnd(token)) {
                return true;
            }
            tokens++;
            if (grammar != null) {
                grammar.accept(token);
            }
            boolean goesOn = answer.add(vocabulary.bytes(token));
            if (!goesOn || isWhole(end)) {
                return true;
            }
            if (tokens == options.maxTokens()) {
                return false;
            }
            if (Thread.interrupted()) {
                throw new RungException.Failed("the answer was interrupted after " + tokens + " tokens");
            }
            reader.append(token);
        }
    }

    // Objects, arrays and strings end where they close; a number might go on, so there the model decides.
    private boolean isWhole(int end) {
        CharSequence text = answer.soFar();
        if (grammar == null || text.isEmpty()) {
            return false;
        }
        char last = text.charAt(text.length() - 1);
        boolean closes = last == '}' || last == ']' || last == '"';
        int token = vocabulary.endOfText() >= 0 ? vocabulary.endOfText() : end;
        return closes && vocabulary.isEnd(token) && grammar.allows(token);
    }

    private static String excerpt(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
