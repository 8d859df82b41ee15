package dev.rung.gateway.policy;

/** The wire format of a request, or of what an upstream speaks. */
public enum Dialect {
    /** OpenAI's chat completions, embeddings and models, which most other servers speak too. */
    OPENAI,
    /** OpenAI's responses. */
    RESPONSES,
    /** Anthropic's messages. */
    ANTHROPIC,
    /** Google's Gemini. */
    GEMINI
}
