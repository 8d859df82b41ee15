package dev.rung.core.model;

import dev.rung.core.economics.Pricing;

/**
 * A model that can be asked in this process, before it is loaded.
 *
 * @param contextTokens how many tokens prompt and answer may have together; for an encoder, a text
 */
public record LocalModel(String name, ModelCard.Kind kind, int contextTokens, Pricing pricing) {}
