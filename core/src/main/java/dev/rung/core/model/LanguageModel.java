package dev.rung.core.model;

import dev.rung.core.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A generative model, wherever it runs.
 *
 * <p>Implementations are thread-safe; one that can only do one thing at a time makes its callers wait. Answers are greedy: the same prompt gives the same
 * answer. All methods throw {@link dev.rung.core.RungException.Unavailable} when the model cannot be reached at all, {@link
 * dev.rung.core.RungException.Failed} when a call failed after retries, and {@link dev.rung.core.RungException.WrongInput} when the prompt does not fit
 * the context.
 */
public interface LanguageModel extends AutoCloseable {
    ModelCard card();

    /** Returns the most probable of {@code labels}, which are distinct and at least one, as the answer to the prompt. */
    LabelChoice choose(Prompt prompt, List<String> labels);

    /**
     * Returns the model's text.
     *
     * @param schema a JSON Schema that the text must satisfy, or null for free text
     * @param maxTokens the most tokens to generate; text that a schema binds is never cut short: it is an error
     */
    Completion complete(Prompt prompt, Json.@Nullable Obj schema, int maxTokens);

    @Override
    void close();
}
