package dev.rung.models.catalog;

import dev.rung.core.json.Json;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What runs a model. */
public sealed interface Engine {
    /** llama.cpp in this process, on a GGUF file. */
    record Llama(Weights weights) implements Engine {}

    /** An encoder on ONNX Runtime whose weights come with Rung. */
    record Onnx() implements Engine {}

    /**
     * A server with an OpenAI-compatible interface.
     *
     * @param baseUrl what comes before {@code /chat/completions}, without a slash at the end
     * @param model the server's own name for the model
     * @param keyVariable the environment variable that holds the key; null where the server wants none
     * @param parameters sent with every request, as they stand
     * @param maxTokensKey what the server calls the limit on generated tokens
     * @param reasoningTokens allowed beyond the answer's own
     * @param concurrency requests at once
     * @param promptCache whether the server understands {@code prompt_cache_key}, which then tells what shares a prefix
     */
    record OpenAi(
            URI baseUrl,
            String model,
            @Nullable String keyVariable,
            Json.Obj parameters,
            String maxTokensKey,
            int reasoningTokens,
            int concurrency,
            boolean promptCache)
            implements Engine {
        /** Returns what tells this model from others: address, name, and the parameters that shape its answers. */
        public String fingerprint() {
            return baseUrl + " " + model + " " + parameters.canonical();
        }
    }
}
