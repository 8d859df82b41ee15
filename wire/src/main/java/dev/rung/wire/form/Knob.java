package dev.rung.wire.form;

import dev.rung.core.json.Json;
import java.util.List;

/** A setting of a request that is one value, whatever the dialect calls it. */
public enum Knob {
    TEMPERATURE,
    TOP_P,
    TOP_K,
    MAX_TOKENS,
    STOP,
    SEED,
    FREQUENCY_PENALTY,
    PRESENCE_PENALTY,
    CHOICES,
    LOGPROBS,
    TOP_LOGPROBS,
    LOGIT_BIAS,
    PARALLEL_CALLS,
    VERBOSITY,
    USER,
    SAFETY_IDENTIFIER,
    METADATA,
    SERVICE_TIER,
    PROMPT_CACHE_KEY,
    PROMPT_CACHE_RETENTION,
    STORE,
    /** Anthropic's {@code cache_control} of the whole request, which marks the last block that can be cached. */
    CACHE_ALL;

    /** Tells whether {@code value} asks for what happens anyway, so that leaving it out changes nothing. */
    public boolean asksForNothing(Json value) {
        return switch (this) {
            case FREQUENCY_PENALTY, PRESENCE_PENALTY, TOP_LOGPROBS -> value.equals(Json.of(0));
            case CHOICES -> value.equals(Json.of(1));
            case LOGPROBS, STORE -> value.equals(Json.of(false));
            case PARALLEL_CALLS -> value.equals(Json.of(true));
            case VERBOSITY -> value.equals(Json.of("medium"));
            case SERVICE_TIER -> value.equals(Json.of("auto")) || value.equals(Json.of("default"));
            case LOGIT_BIAS, METADATA -> value.equals(Json.object());
            case STOP -> value.equals(Json.array(List.of()));
            case TEMPERATURE,
                    TOP_P,
                    TOP_K,
                    MAX_TOKENS,
                    SEED,
                    USER,
                    SAFETY_IDENTIFIER,
                    PROMPT_CACHE_KEY,
                    PROMPT_CACHE_RETENTION,
                    CACHE_ALL -> false;
        };
    }

    /** Tells whether it changes cost, speed or records, and not the answer. */
    public boolean isHint() {
        return switch (this) {
            case USER,
                    SAFETY_IDENTIFIER,
                    METADATA,
                    SERVICE_TIER,
                    PROMPT_CACHE_KEY,
                    PROMPT_CACHE_RETENTION,
                    STORE,
                    CACHE_ALL -> true;
            case TEMPERATURE,
                    TOP_P,
                    TOP_K,
                    MAX_TOKENS,
                    STOP,
                    SEED,
                    FREQUENCY_PENALTY,
                    PRESENCE_PENALTY,
                    CHOICES,
                    LOGPROBS,
                    TOP_LOGPROBS,
                    LOGIT_BIAS,
                    PARALLEL_CALLS,
                    VERBOSITY -> false;
        };
    }
}
