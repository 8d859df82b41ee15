package dev.rung.ladder.judge;

import org.jspecify.annotations.Nullable;

/**
 * An answer to be judged.
 *
 * @param input what was asked
 * @param answer what is judged: text that nobody vouches for
 * @param reference an answer known to be good, or null
 */
public record JudgedCase(
        String input, String answer, @Nullable String reference) {}
