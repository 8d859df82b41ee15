package dev.rung.wire.form;

/**
 * The server that a request is written for.
 *
 * @param model as that server names it
 * @param mostTokens what to ask for where the dialect needs a limit of the answer's tokens and the caller named none
 * @param oldTokenLimit whether the server knows {@code max_tokens} only, as some that speak chat completions do
 */
public record Target(String model, long mostTokens, boolean oldTokenLimit) {
    public Target {
        if (mostTokens < 1) {
            throw new IllegalArgumentException("at most " + mostTokens + " tokens");
        }
    }

    /** Returns a server that knows {@code max_completion_tokens}, and 8,192 tokens where a limit is needed. */
    public static Target of(String model) {
        return new Target(model, 8_192, false);
    }
}
