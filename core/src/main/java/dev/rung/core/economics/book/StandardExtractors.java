package dev.rung.core.economics.book;

import java.util.ArrayList;
import java.util.List;

/** How to read the usage records of the dialects that Rung speaks, after the vendors' API references; for books that bring no extractors. */
public final class StandardExtractors {
    /** OpenAI's chat completions, and every server that is compatible with them: prompt tokens include cached ones. */
    public static final Extractor OPENAI_CHAT = usage(
            "chat",
            need(BillingUnit.INPUT_TOKENS, "prompt_tokens"),
            may(BillingUnit.CACHE_READ_TOKENS, "prompt_tokens_details", "cached_tokens"),
            may(BillingUnit.CACHE_WRITE_TOKENS, "prompt_tokens_details", "cache_write_tokens"),
            may(BillingUnit.INPUT_AUDIO_TOKENS, "prompt_tokens_details", "audio_tokens"),
            may(BillingUnit.OUTPUT_AUDIO_TOKENS, "completion_tokens_details", "audio_tokens"),
            may(BillingUnit.OUTPUT_REASONING_TOKENS, "completion_tokens_details", "reasoning_tokens"),
            need(BillingUnit.OUTPUT_TOKENS, "completion_tokens"));

    /** OpenAI's responses. */
    public static final Extractor OPENAI_RESPONSES = usage(
            "responses",
            need(BillingUnit.INPUT_TOKENS, "input_tokens"),
            may(BillingUnit.CACHE_READ_TOKENS, "input_tokens_details", "cached_tokens"),
            may(BillingUnit.CACHE_WRITE_TOKENS, "input_tokens_details", "cache_write_tokens"),
            may(BillingUnit.OUTPUT_REASONING_TOKENS, "output_tokens_details", "reasoning_tokens"),
            need(BillingUnit.OUTPUT_TOKENS, "output_tokens"));

    /** OpenAI's embeddings. */
    public static final Extractor OPENAI_EMBEDDINGS =
            usage("embeddings", need(BillingUnit.INPUT_TOKENS, "prompt_tokens"));

    /** Anthropic's messages: input tokens exclude those read from and written to the cache. */
    public static final Extractor ANTHROPIC = usage(
            "anthropic",
            need(BillingUnit.INPUT_TOKENS, "input_tokens"),
            may(BillingUnit.INPUT_TOKENS, "cache_creation_input_tokens"),
            may(BillingUnit.INPUT_TOKENS, "cache_read_input_tokens"),
            may(BillingUnit.CACHE_WRITE_TOKENS, "cache_creation_input_tokens"),
            may(BillingUnit.CACHE_WRITE_5M_TOKENS, "cache_creation", "ephemeral_5m_input_tokens"),
            may(BillingUnit.CACHE_WRITE_1H_TOKENS, "cache_creation", "ephemeral_1h_input_tokens"),
            may(BillingUnit.CACHE_READ_TOKENS, "cache_read_input_tokens"),
            may(BillingUnit.WEB_SEARCHES, "server_tool_use", "web_search_requests"),
            need(BillingUnit.OUTPUT_TOKENS, "output_tokens"));

    /** Gemini's generateContent: thoughts are beside the candidates' tokens, tool results beside the prompt's. */
    public static final Extractor GEMINI = gemini();

    /** All of them. */
    public static final List<Extractor> ALL =
            List.of(OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS, ANTHROPIC, GEMINI);

    private StandardExtractors() {}

    private static Extractor usage(String flavour, Extractor.Mapping... mappings) {
        return new Extractor(flavour, UsagePath.of("usage"), UsagePath.of("model"), List.of(mappings));
    }

    private static Extractor gemini() {
        List<Extractor.Mapping> mappings = new ArrayList<>(List.of(
                may(BillingUnit.INPUT_TOKENS, "promptTokenCount"),
                may(BillingUnit.INPUT_TOKENS, "toolUsePromptTokenCount"),
                may(BillingUnit.INPUT_TOOL_TOKENS, "toolUsePromptTokenCount"),
                may(BillingUnit.CACHE_READ_TOKENS, "cachedContentTokenCount"),
                may(BillingUnit.OUTPUT_TOKENS, "candidatesTokenCount"),
                may(BillingUnit.OUTPUT_TOKENS, "thoughtsTokenCount"),
                may(BillingUnit.OUTPUT_REASONING_TOKENS, "thoughtsTokenCount")));
        mappings.add(of("promptTokensDetails", "AUDIO", BillingUnit.INPUT_AUDIO_TOKENS));
        mappings.add(of("promptTokensDetails", "IMAGE", BillingUnit.INPUT_IMAGE_TOKENS));
        mappings.add(of("promptTokensDetails", "VIDEO", BillingUnit.INPUT_VIDEO_TOKENS));
        mappings.add(of("cacheTokensDetails", "AUDIO", BillingUnit.CACHE_AUDIO_READ_TOKENS));
        mappings.add(of("cacheTokensDetails", "IMAGE", BillingUnit.CACHE_IMAGE_READ_TOKENS));
        mappings.add(of("cacheTokensDetails", "VIDEO", BillingUnit.CACHE_VIDEO_READ_TOKENS));
        mappings.add(of("candidatesTokensDetails", "AUDIO", BillingUnit.OUTPUT_AUDIO_TOKENS));
        mappings.add(of("candidatesTokensDetails", "IMAGE", BillingUnit.OUTPUT_IMAGE_TOKENS));
        return new Extractor("gemini", UsagePath.of("usageMetadata"), UsagePath.of("modelVersion"), mappings);
    }

    private static Extractor.Mapping need(BillingUnit unit, String... path) {
        return new Extractor.Mapping(UsagePath.of(path), unit, true);
    }

    private static Extractor.Mapping may(BillingUnit unit, String... path) {
        return new Extractor.Mapping(UsagePath.of(path), unit, false);
    }

    private static Extractor.Mapping of(String details, String modality, BillingUnit unit) {
        return new Extractor.Mapping(
                new UsagePath(List.of(
                        new UsagePath.Member(details),
                        new UsagePath.Item("modality", new ModelMatch.Equal(modality)),
                        new UsagePath.Member("tokenCount"))),
                unit,
                false);
    }
}
