package dev.rung.core.model;

import java.util.function.Supplier;

/**
 * With whom the caller of a model shares what is kept of its calls, such as prompts in a provider's cache: a team, or a key.
 *
 * <p>It goes with the thread that asks, so that every model behind a solver knows it without being told. Thread-safe.
 */
public final class Tenant {
    private static final ScopedValue<String> ASKING = ScopedValue.newInstance();

    private Tenant() {}

    /** Returns what {@code work} gives on behalf of {@code tenant}, which is empty for everybody. */
    public static <T> T asking(String tenant, Supplier<T> work) {
        return ScopedValue.where(ASKING, tenant).call(work::get);
    }

    /** Returns the tenant on whose behalf this thread works; empty for nobody's in particular, as in a climb. */
    public static String current() {
        return ASKING.orElse("");
    }
}
