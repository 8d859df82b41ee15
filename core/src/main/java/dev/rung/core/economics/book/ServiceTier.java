package dev.rung.core.economics.book;

import java.util.Locale;
import java.util.Optional;

/** How soon a provider answers, which has its price. */
public enum ServiceTier {
    STANDARD,
    /** Answers within a day. */
    BATCH,
    /** Slower, and may be turned away. */
    FLEX,
    PRIORITY;

    /**
     * Returns the tier that a provider calls {@code name} in a reply; "default", "auto" and Anthropic's "standard_only" are the standard one.
     * A name that is not known is empty, so that nothing is priced as if it were standard.
     */
    public static Optional<ServiceTier> named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "", "standard", "standard_only", "default", "auto", "on_demand" -> Optional.of(STANDARD);
            case "batch" -> Optional.of(BATCH);
            case "flex" -> Optional.of(FLEX);
            case "priority" -> Optional.of(PRIORITY);
            default -> Optional.empty();
        };
    }
}
