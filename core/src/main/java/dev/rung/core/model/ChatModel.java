package dev.rung.core.model;

import java.util.List;
import java.util.function.Consumer;

/**
 * A generative model in this process that is asked as callers ask: whole conversations, with their own sampling, the answer as it comes.
 *
 * <p>Implementations are thread-safe; one that can only do one thing at a time makes its callers wait.
 */
public interface ChatModel extends AutoCloseable {
    ModelCard card();

    /** Returns how many tokens the conversation has as the model reads it. */
    int count(List<Message> messages);

    /**
     * Answers. A caller that is interrupted stops the model within a token, or before it has begun.
     *
     * @param pieces given the text piece by piece as it comes, on a thread of the model's
     * @throws dev.rung.core.RungException.WrongInput when the prompt does not fit the context, or its schema cannot be followed; the model has not worked then
     * @throws dev.rung.core.RungException.Failed when the model failed, or was interrupted
     */
    ChatAnswer answer(ChatPrompt prompt, Consumer<String> pieces);

    @Override
    void close();
}
