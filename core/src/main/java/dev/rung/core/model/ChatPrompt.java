package dev.rung.core.model;

import dev.rung.core.json.Json;
import java.util.List;

/**
 * What a {@link ChatModel} is asked.
 *
 * @param messages in order, at least one
 * @param maxTokens the most tokens of the answer; there are fewer where the context is full before
 * @param stops texts that end the answer when they come up, of which they are no part; none is empty
 */
public record ChatPrompt(List<Message> messages, Form form, int maxTokens, List<String> stops, Sampling sampling) {
    public ChatPrompt {
        messages = List.copyOf(messages);
        stops = List.copyOf(stops);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a conversation has messages");
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("an answer may have at least one token, not " + maxTokens);
        }
        if (stops.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a text to stop at is not empty");
        }
    }

    /** What the text of an answer must be. An answer that is cut off at its most tokens is no such text. */
    public sealed interface Form {
        /** Anything. */
        record Text() implements Form {}

        /** Some JSON object. */
        record AnyObject() implements Form {}

        /** A JSON value that satisfies a JSON Schema. */
        record Satisfies(Json.Obj schema) implements Form {}
    }
}
