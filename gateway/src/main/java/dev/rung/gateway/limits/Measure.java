package dev.rung.gateway.limits;

/** What a limit counts. */
public enum Measure {
    /** Money, in millionths of a millionth of a dollar, so that no price of a single token is rounded away. */
    MONEY("usd"),
    /** Tokens read and written. */
    TOKENS("tokens"),
    REQUESTS("requests");

    private final String key;

    Measure(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
