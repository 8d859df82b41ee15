package dev.rung.core.model;

import dev.rung.core.economics.Pricing;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model before it is called.
 *
 * @param fingerprint tells two versions apart: the SHA-256 of the weights, or the server's address and model name
 * @param place where the model runs
 * @param contextTokens how many tokens prompt and answer may have together
 * @param licence an SPDX expression, or the name of the terms
 * @param outputsMayTrain whether the terms allow to train another model on this model's outputs
 * @param retires the day after which it can no longer be called, if one is announced
 */
public record ModelCard(
        ModelId id,
        String fingerprint,
        Kind kind,
        Residency place,
        int contextTokens,
        Set<Capability> capabilities,
        String licence,
        OutputsMayTrain outputsMayTrain,
        @Nullable LocalDate retires,
        Pricing pricing) {
    public ModelCard {
        capabilities = Set.copyOf(capabilities);
    }

    /** What a model takes and gives. */
    public enum Kind {
        GENERATIVE,
        ENCODER
    }

    /** What a generative model can be asked for beyond free text. */
    public enum Capability {
        /** Exact scores of given labels. */
        LABEL_SCORES,
        /** Output that satisfies a JSON Schema. */
        JSON_SCHEMA,
        /** Log-probabilities of its tokens. */
        LOGPROBS,
        STREAMING
    }

    /** Whether a model's outputs may train another. */
    public enum OutputsMayTrain {
        YES,
        NO,
        UNKNOWN
    }
}
