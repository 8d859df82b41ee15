package dev.rung.compat;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

/** The clients that are pointed at the gateway, each with a table of its own. */
enum Clients {
    OPENAI_CHAT("openai-java, chat completions") {
        @Override
        Client open(int port, String model, int retries) {
            return new OpenAiChatClient(port, model, retries);
        }
    },
    OPENAI_RESPONSES("openai-java, responses") {
        @Override
        Client open(int port, String model, int retries) {
            return new OpenAiResponsesClient(port, model, retries);
        }
    },
    ANTHROPIC("anthropic-java") {
        @Override
        Client open(int port, String model, int retries) {
            return new AnthropicClient(port, model, retries);
        }
    },
    GEMINI("google-genai") {
        @Override
        Client open(int port, String model, int retries) {
            return new GeminiClient(port, model, retries);
        }
    },
    LANGCHAIN_OPENAI("langchain4j-open-ai") {
        @Override
        Client open(int port, String model, int retries) {
            String url = "http://127.0.0.1:" + port + "/v1";
            return new LangChainClient(
                    OpenAiChatModel.builder()
                            .baseUrl(url)
                            .apiKey(ANY_KEY)
                            .modelName(model)
                            .maxRetries(retries)
                            .build(),
                    OpenAiStreamingChatModel.builder()
                            .baseUrl(url)
                            .apiKey(ANY_KEY)
                            .modelName(model)
                            .build());
        }
    },
    LANGCHAIN_ANTHROPIC("langchain4j-anthropic") {
        @Override
        Client open(int port, String model, int retries) {
            String url = "http://127.0.0.1:" + port + "/v1";
            return new LangChainClient(
                    AnthropicChatModel.builder()
                            .baseUrl(url)
                            .apiKey(ANY_KEY)
                            .modelName(model)
                            .maxRetries(retries)
                            .build(),
                    AnthropicStreamingChatModel.builder()
                            .baseUrl(url)
                            .apiKey(ANY_KEY)
                            .modelName(model)
                            .build());
        }
    },
    LANGCHAIN_GEMINI("langchain4j-google-ai-gemini") {
        @Override
        Client open(int port, String model, int retries) {
            String url = "http://127.0.0.1:" + port + "/v1beta";
            return new LangChainClient(
                    GoogleAiGeminiChatModel.builder()
                            .baseUrl(url)
                            .apiKey(ANY_KEY)
                            .modelName(model)
                            .maxRetries(retries)
                            .build(),
                    GoogleAiGeminiStreamingChatModel.builder()
                            .baseUrl(url)
                            .apiKey(ANY_KEY)
                            .modelName(model)
                            .build());
        }
    };

    private static final String ANY_KEY = "none is needed";

    private final String title;

    Clients(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Returns a client of the gateway at {@code port} that asks {@code model} and tries again {@code retries} times. */
    abstract Client open(int port, String model, int retries);
}
