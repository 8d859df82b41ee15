package dev.rung.models.llama;

/**
 * A result and what reading its prompt took.
 *
 * @param cachedTokens tokens of the prompt that were in the cache already
 * @param nanoseconds how long the model was busy, waiting not included
 */
public record Reading<T>(T result, int cachedTokens, long nanoseconds) {}
