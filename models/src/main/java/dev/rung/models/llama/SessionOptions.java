package dev.rung.models.llama;

/**
 * How a session works.
 *
 * @param contextTokens room for prompt and answer together; 0 to begin small and grow up to what the model was trained on
 * @param threads how many threads compute; 0 to begin with one for each physical core and keep to what measures fastest
 */
public record SessionOptions(int contextTokens, int threads) {
    /** Grow as needed, adapt to the machine. */
    public static final SessionOptions DEFAULT = new SessionOptions(0, 0);

    public SessionOptions {
        if (contextTokens < 0 || threads < 0) {
            throw new IllegalArgumentException("context tokens and threads are not negative");
        }
    }
}
