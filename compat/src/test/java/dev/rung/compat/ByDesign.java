package dev.rung.compat;

import org.jspecify.annotations.Nullable;

/**
 * What cannot be had from a kind of upstream: a 400 says so and names what it is about.
 *
 * @param says a word that the error must have, such as the field at fault
 * @param note the number of the reason in the document
 */
record ByDesign(String says, int note) {
    private static final String NOT_SPOKEN = "speaks the dialect";

    /** Returns the refusal that is due, or null where the feature must work. */
    static @Nullable ByDesign of(Clients clients, Feature feature, Upstream upstream) {
        boolean task = upstream == Upstream.TASK;
        return switch (feature) {
            case CHAT, STREAM, SYSTEM, STRUCTURED, EFFORT, MODELS, ERRORS, RETRY, CANCEL -> null;
            case TOOL_CALL, PARALLEL_CALLS, STREAMED_CALLS, EMPTY_ARGUMENTS -> task ? new ByDesign("tools", 1) : null;
            case TOOL_RESULTS -> task ? new ByDesign(called(clients, "messages[", "input[", "contents["), 2) : null;
            case IMAGE, DOCUMENT ->
                task
                        ? new ByDesign(
                                called(
                                        clients,
                                        "messages[0].content[1]",
                                        "input[0].content[1]",
                                        "contents[0].parts[1]"),
                                3)
                        : null;
            case STOP ->
                switch (upstream) {
                    case OPENAI, ANTHROPIC, GEMINI -> null;
                    case RESPONSES -> new ByDesign("stop", 9);
                    case TASK -> new ByDesign("stop", 8);
                };
            case SEED ->
                switch (upstream) {
                    case OPENAI, GEMINI, TASK -> null;
                    case RESPONSES, ANTHROPIC -> new ByDesign("seed", 9);
                };
            case ANSWERS ->
                switch (upstream) {
                    case OPENAI, GEMINI -> null;
                    case RESPONSES, ANTHROPIC ->
                        new ByDesign(clients == Clients.GEMINI ? "candidateCount" : "param=n,", 9);
                    case TASK -> new ByDesign(clients == Clients.GEMINI ? "candidateCount" : "param=n,", 8);
                };
            case TOP_K ->
                switch (upstream) {
                    case ANTHROPIC, GEMINI -> null;
                    case OPENAI, RESPONSES -> new ByDesign("topK", 9);
                    case TASK -> new ByDesign("topK", 8);
                };
            case EMBEDDINGS ->
                switch (upstream) {
                    case OPENAI, GEMINI -> null;
                    case RESPONSES, ANTHROPIC -> new ByDesign(NOT_SPOKEN, 6);
                    case TASK -> new ByDesign("text to give", 4);
                };
            case COUNT ->
                switch (upstream) {
                    case RESPONSES, ANTHROPIC, GEMINI -> null;
                    case OPENAI -> new ByDesign(NOT_SPOKEN, 5);
                    case TASK -> new ByDesign("text to give", 4);
                };
        };
    }

    /** Returns what the client's dialect calls a field. */
    private static String called(Clients clients, String inMessages, String inResponses, String inGemini) {
        return switch (clients) {
            case OPENAI_CHAT, ANTHROPIC, LANGCHAIN_OPENAI, LANGCHAIN_ANTHROPIC -> inMessages;
            case OPENAI_RESPONSES -> inResponses;
            case GEMINI, LANGCHAIN_GEMINI -> inGemini;
        };
    }

    String outcome() {
        return "refused (" + note + ")";
    }
}
