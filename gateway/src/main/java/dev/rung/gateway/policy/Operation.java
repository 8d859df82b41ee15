package dev.rung.gateway.policy;

/** What a call asks of a model. */
public enum Operation {
    /** Text, tool calls or other output from a prompt. */
    GENERATE,
    /** Vectors from texts. */
    EMBED,
    /** The number of tokens of a prompt; providers charge nothing for it. */
    COUNT_TOKENS
}
