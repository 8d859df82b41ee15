package dev.rung.models.llama;

/**
 * What a GGUF file says of the model in it.
 *
 * @param architecture such as {@code llama} or {@code gemma3}
 * @param name the name its makers gave it; empty when the file has none
 * @param contextTokens the longest text it was trained on
 * @param vocabularySize how many tokens it knows
 * @param parameters how many weights it has
 * @param hasChatTemplate whether the file holds a template for conversations
 */
public record ModelDescription(
        String architecture,
        String name,
        int contextTokens,
        int vocabularySize,
        long parameters,
        boolean hasChatTemplate) {}
