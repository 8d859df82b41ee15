package dev.rung.core.model;

import java.util.List;

/**
 * What a model is shown: the static part first, then what differs from question to question, so that prefix caches hold.
 *
 * @param messages in order; the last one is the user's
 * @param staticMessages how many of them, from the first, are the same for every question
 */
public record Prompt(List<Message> messages, int staticMessages) {
    public Prompt {
        messages = List.copyOf(messages);
        if (messages.isEmpty() || messages.getLast().role() != Message.Role.USER) {
            throw new IllegalArgumentException("a prompt ends with a user's message");
        }
        if (staticMessages < 0 || staticMessages > messages.size()) {
            throw new IllegalArgumentException("static messages: " + staticMessages + " of " + messages.size());
        }
    }
}
