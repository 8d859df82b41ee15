package dev.rung.core.model;

import java.util.List;

/**
 * What a model is shown: the static part first, then what differs from question to question, so that prefix caches hold.
 *
 * @param messages in order; the last one is the user's
 * @param staticMessages how many of them, from the first, are the same for every question
 * @param ask how often the same was asked before, on purpose: 0 for the first time. A saved answer to one ask is none to the next
 */
public record Prompt(List<Message> messages, int staticMessages, int ask) {
    /** A prompt that is asked for the first time. */
    public Prompt(List<Message> messages, int staticMessages) {
        this(messages, staticMessages, 0);
    }

    public Prompt {
        messages = List.copyOf(messages);
        if (messages.isEmpty() || messages.getLast().role() != Message.Role.USER) {
            throw new IllegalArgumentException("a prompt ends with a user's message");
        }
        if (staticMessages < 0 || staticMessages > messages.size()) {
            throw new IllegalArgumentException("static messages: " + staticMessages + " of " + messages.size());
        }
        if (ask < 0) {
            throw new IllegalArgumentException("asked before: " + ask);
        }
    }

    /** Returns the same prompt as the {@code ask}th repeat of it. */
    public Prompt asked(int ask) {
        return new Prompt(messages, staticMessages, ask);
    }
}
