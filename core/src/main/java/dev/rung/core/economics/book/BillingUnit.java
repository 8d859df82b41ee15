package dev.rung.core.economics.book;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What providers count and bill.
 *
 * <p>A unit is a set of properties; one that has all those of another is a part of it: audio tokens read from a cache are among the tokens read from a
 * cache, which are among the input tokens. A part that has a price of its own is taken out of the whole.
 */
public enum BillingUnit {
    INPUT_TOKENS("input_tokens", "input_mtok", 1_000_000, "tokens input"),
    OUTPUT_TOKENS("output_tokens", "output_mtok", 1_000_000, "tokens output"),
    CACHE_READ_TOKENS("cache_read_tokens", "cache_read_mtok", 1_000_000, "tokens input cache_read"),
    CACHE_WRITE_TOKENS("cache_write_tokens", "cache_write_mtok", 1_000_000, "tokens input cache_write"),
    CACHE_WRITE_5M_TOKENS("cache_write_5m_tokens", "cache_write_5m_mtok", 1_000_000, "tokens input cache_write 5m"),
    CACHE_WRITE_1H_TOKENS("cache_write_1h_tokens", "cache_write_1h_mtok", 1_000_000, "tokens input cache_write 1h"),
    INPUT_TEXT_TOKENS("input_text_tokens", "input_text_mtok", 1_000_000, "tokens input text"),
    OUTPUT_TEXT_TOKENS("output_text_tokens", "output_text_mtok", 1_000_000, "tokens output text"),
    CACHE_TEXT_READ_TOKENS("cache_text_read_tokens", "cache_text_read_mtok", 1_000_000, "tokens input text cache_read"),
    CACHE_TEXT_WRITE_TOKENS(
            "cache_text_write_tokens", "cache_text_write_mtok", 1_000_000, "tokens input text cache_write"),
    CACHE_TEXT_WRITE_5M_TOKENS(
            "cache_text_write_5m_tokens", "cache_text_write_5m_mtok", 1_000_000, "tokens input text cache_write 5m"),
    CACHE_TEXT_WRITE_1H_TOKENS(
            "cache_text_write_1h_tokens", "cache_text_write_1h_mtok", 1_000_000, "tokens input text cache_write 1h"),
    INPUT_AUDIO_TOKENS("input_audio_tokens", "input_audio_mtok", 1_000_000, "tokens input audio"),
    OUTPUT_AUDIO_TOKENS("output_audio_tokens", "output_audio_mtok", 1_000_000, "tokens output audio"),
    CACHE_AUDIO_READ_TOKENS(
            "cache_audio_read_tokens", "cache_audio_read_mtok", 1_000_000, "tokens input audio cache_read"),
    CACHE_AUDIO_WRITE_TOKENS(
            "cache_audio_write_tokens", "cache_audio_write_mtok", 1_000_000, "tokens input audio cache_write"),
    CACHE_AUDIO_WRITE_5M_TOKENS(
            "cache_audio_write_5m_tokens", "cache_audio_write_5m_mtok", 1_000_000, "tokens input audio cache_write 5m"),
    CACHE_AUDIO_WRITE_1H_TOKENS(
            "cache_audio_write_1h_tokens", "cache_audio_write_1h_mtok", 1_000_000, "tokens input audio cache_write 1h"),
    INPUT_IMAGE_TOKENS("input_image_tokens", "input_image_mtok", 1_000_000, "tokens input image"),
    OUTPUT_IMAGE_TOKENS("output_image_tokens", "output_image_mtok", 1_000_000, "tokens output image"),
    CACHE_IMAGE_READ_TOKENS(
            "cache_image_read_tokens", "cache_image_read_mtok", 1_000_000, "tokens input image cache_read"),
    CACHE_IMAGE_WRITE_TOKENS(
            "cache_image_write_tokens", "cache_image_write_mtok", 1_000_000, "tokens input image cache_write"),
    CACHE_IMAGE_WRITE_5M_TOKENS(
            "cache_image_write_5m_tokens", "cache_image_write_5m_mtok", 1_000_000, "tokens input image cache_write 5m"),
    CACHE_IMAGE_WRITE_1H_TOKENS(
            "cache_image_write_1h_tokens", "cache_image_write_1h_mtok", 1_000_000, "tokens input image cache_write 1h"),
    INPUT_VIDEO_TOKENS("input_video_tokens", "input_video_mtok", 1_000_000, "tokens input video"),
    OUTPUT_VIDEO_TOKENS("output_video_tokens", "output_video_mtok", 1_000_000, "tokens output video"),
    CACHE_VIDEO_READ_TOKENS(
            "cache_video_read_tokens", "cache_video_read_mtok", 1_000_000, "tokens input video cache_read"),
    CACHE_VIDEO_WRITE_TOKENS(
            "cache_video_write_tokens", "cache_video_write_mtok", 1_000_000, "tokens input video cache_write"),
    CACHE_VIDEO_WRITE_5M_TOKENS(
            "cache_video_write_5m_tokens", "cache_video_write_5m_mtok", 1_000_000, "tokens input video cache_write 5m"),
    CACHE_VIDEO_WRITE_1H_TOKENS(
            "cache_video_write_1h_tokens", "cache_video_write_1h_mtok", 1_000_000, "tokens input video cache_write 1h"),
    INPUT_TOOL_TOKENS("input_tool_tokens", "input_tool_mtok", 1_000_000, "tokens input tool"),
    INPUT_TEXT_TOOL_TOKENS("input_text_tool_tokens", "input_text_tool_mtok", 1_000_000, "tokens input text tool"),
    INPUT_AUDIO_TOOL_TOKENS("input_audio_tool_tokens", "input_audio_tool_mtok", 1_000_000, "tokens input audio tool"),
    INPUT_IMAGE_TOOL_TOKENS("input_image_tool_tokens", "input_image_tool_mtok", 1_000_000, "tokens input image tool"),
    INPUT_VIDEO_TOOL_TOKENS("input_video_tool_tokens", "input_video_tool_mtok", 1_000_000, "tokens input video tool"),
    OUTPUT_REASONING_TOKENS("output_reasoning_tokens", "output_reasoning_mtok", 1_000_000, "tokens output reasoning"),
    OUTPUT_TEXT_REASONING_TOKENS(
            "output_text_reasoning_tokens", "output_text_reasoning_mtok", 1_000_000, "tokens output text reasoning"),
    OUTPUT_AUDIO_REASONING_TOKENS(
            "output_audio_reasoning_tokens", "output_audio_reasoning_mtok", 1_000_000, "tokens output audio reasoning"),
    OUTPUT_IMAGE_REASONING_TOKENS(
            "output_image_reasoning_tokens", "output_image_reasoning_mtok", 1_000_000, "tokens output image reasoning"),
    OUTPUT_VIDEO_REASONING_TOKENS(
            "output_video_reasoning_tokens", "output_video_reasoning_mtok", 1_000_000, "tokens output video reasoning"),
    OUTPUT_CITATION_TOKENS("output_citation_tokens", "output_citation_mtok", 1_000_000, "tokens output citation"),
    OUTPUT_TEXT_CITATION_TOKENS(
            "output_text_citation_tokens", "output_text_citation_mtok", 1_000_000, "tokens output text citation"),
    OUTPUT_AUDIO_CITATION_TOKENS(
            "output_audio_citation_tokens", "output_audio_citation_mtok", 1_000_000, "tokens output audio citation"),
    OUTPUT_IMAGE_CITATION_TOKENS(
            "output_image_citation_tokens", "output_image_citation_mtok", 1_000_000, "tokens output image citation"),
    OUTPUT_VIDEO_CITATION_TOKENS(
            "output_video_citation_tokens", "output_video_citation_mtok", 1_000_000, "tokens output video citation"),
    INPUT_CHARACTERS("input_characters", "input_mchars", 1_000_000, "characters input"),
    INPUT_TEXT_MESSAGES("input_text_messages", "input_text_messages_kcount", 1_000, "messages input text"),
    AUDIO_SECONDS("audio_seconds", "audio_hours", 3_600, "durations audio"),
    INPUT_AUDIO_SECONDS("input_audio_seconds", "input_audio_hours", 3_600, "durations input audio"),
    OUTPUT_AUDIO_SECONDS("output_audio_seconds", "output_audio_hours", 3_600, "durations output audio"),
    INPUT_PIXELS("input_pixels", "input_gpixels", 1_000_000_000, "pixels input"),
    INPUT_DOCUMENT_PAGES("input_document_pages", "input_document_kpages", 1_000, "document_pages input"),
    INPUT_ANNOTATED_DOCUMENT_PAGES(
            "input_annotated_document_pages",
            "input_annotated_document_kpages",
            1_000,
            "document_pages input annotated"),
    RERANK_SEARCHES("rerank_searches", "rerank_searches_kcount", 1_000, "rerank"),
    WEB_SEARCHES("web_searches", "web_searches_kcount", 1_000, "tool_calls web_search"),
    SOCIAL_SEARCHES("social_searches", "social_searches_kcount", 1_000, "tool_calls social_search"),
    STORAGE_SEARCHES("storage_searches", "storage_searches_kcount", 1_000, "tool_calls storage_search"),
    CODE_EXECUTIONS("code_executions", "code_executions_kcount", 1_000, "tool_calls code_execution"),
    REQUESTS("requests", "requests_kcount", 1_000, "requests");

    private static final Map<String, BillingUnit> BY_PRICE = new HashMap<>();
    private static final Map<String, BillingUnit> BY_COUNT = new HashMap<>();

    static {
        for (BillingUnit unit : values()) {
            BY_PRICE.put(unit.priceKey, unit);
            BY_COUNT.put(unit.countKey, unit);
        }
    }

    private final String countKey;
    private final String priceKey;
    private final BigDecimal per;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of makes sets that cannot change
    private final Set<String> properties;

    private final int zeros;

    BillingUnit(String countKey, String priceKey, long per, String properties) {
        this.countKey = countKey;
        this.priceKey = priceKey;
        this.per = BigDecimal.valueOf(per);
        this.properties = Set.of(properties.split(" "));
        String digits = Long.toString(per);
        this.zeros = digits.matches("10+") ? digits.length() - 1 : 0;
    }

    /** Returns the unit whose count goes by {@code key}, such as {@code input_tokens}. */
    public static Optional<BillingUnit> counted(String key) {
        return Optional.ofNullable(BY_COUNT.get(key));
    }

    /** Returns the unit whose price goes by {@code key}, such as {@code input_mtok}. */
    public static Optional<BillingUnit> priced(String key) {
        return Optional.ofNullable(BY_PRICE.get(key));
    }

    /** Returns the name of the count, such as {@code input_tokens}. */
    public String countKey() {
        return countKey;
    }

    /** Returns the name of the price, such as {@code input_mtok}. */
    public String priceKey() {
        return priceKey;
    }

    /** Returns for how many a price is given: a million tokens, a thousand searches, an hour of 3,600 seconds. */
    public BigDecimal per() {
        return per;
    }

    /** Returns whether {@code other} is a part of this unit; no unit is a part of itself. */
    public boolean contains(BillingUnit other) {
        return other != this && other.properties.containsAll(properties);
    }

    /** Returns how many zeros follow the one of {@link #per}, or 0 where it is no power of ten. */
    int zeros() {
        return zeros;
    }

    boolean input() {
        return properties.contains("input");
    }

    boolean output() {
        return properties.contains("output");
    }

    int depth() {
        return properties.size();
    }

    /** Returns whether this unit is exactly what {@code a} and {@code b} have in common, neither being a part of the other. */
    boolean isOverlap(BillingUnit a, BillingUnit b) {
        return a.contains(this)
                && b.contains(this)
                && !a.contains(b)
                && !b.contains(a)
                && properties.stream().allMatch(p -> a.properties.contains(p) || b.properties.contains(p));
    }
}
