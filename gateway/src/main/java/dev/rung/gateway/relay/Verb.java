package dev.rung.gateway.relay;

import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Operation;

/** What a caller can ask for by one path. */
public enum Verb {
    CHAT(Dialect.OPENAI, Operation.GENERATE, "/chat/completions"),
    EMBEDDINGS(Dialect.OPENAI, Operation.EMBED, "/embeddings"),
    RESPONSES(Dialect.RESPONSES, Operation.GENERATE, "/responses"),
    RESPONSES_COUNT(Dialect.RESPONSES, Operation.COUNT_TOKENS, "/responses/input_tokens"),
    MESSAGES(Dialect.ANTHROPIC, Operation.GENERATE, "/messages"),
    MESSAGES_COUNT(Dialect.ANTHROPIC, Operation.COUNT_TOKENS, "/messages/count_tokens"),
    GEMINI_GENERATE(Dialect.GEMINI, Operation.GENERATE, "generateContent"),
    GEMINI_STREAM(Dialect.GEMINI, Operation.GENERATE, "streamGenerateContent"),
    GEMINI_COUNT(Dialect.GEMINI, Operation.COUNT_TOKENS, "countTokens"),
    GEMINI_EMBED(Dialect.GEMINI, Operation.EMBED, "embedContent"),
    GEMINI_EMBED_BATCH(Dialect.GEMINI, Operation.EMBED, "batchEmbedContents");

    private final Dialect dialect;
    private final Operation operation;
    private final String path;

    Verb(Dialect dialect, Operation operation, String path) {
        this.dialect = dialect;
        this.operation = operation;
        this.path = path;
    }

    Dialect dialect() {
        return dialect;
    }

    Operation operation() {
        return operation;
    }

    /** Returns the path after an upstream's base address; for Gemini the method after the model's name. */
    String path() {
        return path;
    }
}
