package dev.rung.gateway.local;

import dev.rung.core.model.ChatAnswer;

/** What comes of a question to a model, in order: pieces, then one of the others. */
public sealed interface Step {
    /** Some more text. */
    record Piece(String text) implements Step {}

    /** The answer is whole. */
    record Said(ChatAnswer answer) implements Step {}

    /** It came to nothing. */
    record Failed(Throwable why) implements Step {}
}
