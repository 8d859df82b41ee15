package dev.rung.wire.form;

import org.jspecify.annotations.Nullable;

/**
 * How much to reason, as a word and as a number of tokens.
 *
 * <p>OpenAI and newer models of Anthropic and Google take words, others a budget. From words to tokens a budget is a share of the tokens that the answer may have, as
 * OpenRouter documents; from tokens to words the bounds are those that Google documents for its OpenAI-compatible endpoint (1,024, 8,192, 24,576).
 */
public final class Efforts {
    /** The least budget that Anthropic takes. */
    public static final long LEAST_BUDGET = 1_024;

    private static final long MOST_BUDGET = 128_000;

    private Efforts() {}

    /** Returns the word for {@code thinking}, or null when its dialect leaves it to the model. */
    public static @Nullable String word(Thinking thinking) {
        if (thinking.mode() == Thinking.Mode.OFF) {
            return "none";
        }
        String effort = thinking.effort();
        if (effort != null) {
            return effort.equals("max") ? "xhigh" : effort;
        }
        Long budget = thinking.budget();
        if (budget == null || budget < 0) {
            return null;
        }
        return budget <= 1_024 ? "low" : budget <= 8_192 ? "medium" : "high";
    }

    /** Returns the budget for {@code effort} where the answer, reasoning included, may have {@code mostTokens}. */
    public static long budget(String effort, long mostTokens) {
        double share = switch (effort) {
            case "minimal" -> 0.1;
            case "low" -> 0.2;
            case "medium" -> 0.5;
            case "xhigh", "max" -> 0.95;
            default -> 0.8;
        };
        return Math.max(LEAST_BUDGET, Math.min(MOST_BUDGET, (long) (share * mostTokens)));
    }
}
