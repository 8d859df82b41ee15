package dev.rung.compat;

/** What a client can do with a model, a row of the table. */
enum Feature {
    CHAT("chat"),
    STREAM("stream"),
    SYSTEM("system prompt"),
    TOOL_CALL("tool call"),
    PARALLEL_CALLS("parallel tool calls"),
    STREAMED_CALLS("streamed tool calls"),
    EMPTY_ARGUMENTS("tool call without arguments"),
    TOOL_RESULTS("tool results sent back"),
    STRUCTURED("structured output"),
    IMAGE("image input"),
    DOCUMENT("document input"),
    EFFORT("reasoning effort"),
    STOP("stop sequences"),
    SEED("seed"),
    ANSWERS("several answers"),
    TOP_K("top k"),
    EMBEDDINGS("embeddings"),
    COUNT("token count"),
    MODELS("list of models"),
    ERRORS("errors in the client's own exceptions"),
    RETRY("retries, the client's and the gateway's"),
    CANCEL("a stream that the client leaves");

    private final String title;

    Feature(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
