package dev.rung.gateway.observe;

import java.util.Arrays;
import java.util.Map;

/**
 * The one place with OpenTelemetry's names for generative AI: those of semantic conventions 1.36, which most dashboards read, and the latest (1.42).
 *
 * <p>The standard switch chooses: {@code OTEL_SEMCONV_STABILITY_OPT_IN=gen_ai_latest_experimental} for the latest.
 * What has no standard name is under {@code rung.}.
 *
 * @param schema the address of the conventions' schema
 * @param provider the attribute with the provider
 * @param cacheRead the attribute with tokens read from a provider's cache
 * @param cacheWrite the attribute with tokens written to it
 * @param reasoning the attribute with tokens of reasoning
 * @param latest whether token counters have a name each; otherwise one histogram has them by type
 */
public record GenAiNames(
        String schema, String provider, String cacheRead, String cacheWrite, String reasoning, boolean latest) {
    public static final String OPERATION = "gen_ai.operation.name";
    public static final String REQUEST_MODEL = "gen_ai.request.model";
    public static final String RESPONSE_MODEL = "gen_ai.response.model";
    public static final String INPUT_TOKENS = "gen_ai.usage.input_tokens";
    public static final String OUTPUT_TOKENS = "gen_ai.usage.output_tokens";
    public static final String ERROR = "error.type";
    public static final String DURATION = "gen_ai.client.operation.duration";
    public static final String FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";
    public static final String TOKENS = "gen_ai.client.token.usage";
    public static final String TOKEN_TYPE = "gen_ai.token.type";
    public static final String INPUT_COUNTER = "gen_ai.client.inference.usage.input_tokens";
    public static final String OUTPUT_COUNTER = "gen_ai.client.inference.usage.output_tokens";
    public static final String CACHE_READ_COUNTER = "gen_ai.client.inference.usage.cache_read.input_tokens";
    public static final String PRICE = "rung.price.usd";
    public static final String TARGET = "rung.target";
    public static final String CACHE = "rung.cache";
    public static final String DIALECT = "rung.dialect";
    public static final String STATUS = "http.response.status_code";
    public static final String ATTEMPTS = "rung.attempts";
    public static final String ENDING = "rung.ending";

    private static final GenAiNames OLD = new GenAiNames(
            "https://opentelemetry.io/schemas/1.36.0",
            "gen_ai.system",
            "gen_ai.usage.cache_read_input_tokens",
            "gen_ai.usage.cache_creation_input_tokens",
            "gen_ai.usage.reasoning_tokens",
            false);
    private static final GenAiNames LATEST = new GenAiNames(
            "https://opentelemetry.io/schemas/gen-ai/1.42.0",
            "gen_ai.provider.name",
            "gen_ai.usage.cache_read.input_tokens",
            "gen_ai.usage.cache_write.input_tokens",
            "gen_ai.usage.reasoning.output_tokens",
            true);

    /** Returns the names that the environment asks for. */
    public static GenAiNames of(Map<String, String> environment) {
        String opted = environment.getOrDefault("OTEL_SEMCONV_STABILITY_OPT_IN", "");
        return Arrays.stream(opted.split(",")).map(String::strip).anyMatch("gen_ai_latest_experimental"::equals)
                ? LATEST
                : OLD;
    }

    /** Returns the name as Prometheus writes it. */
    static String prometheus(String name) {
        return name.replace('.', '_');
    }
}
