package dev.rung.gateway.http;

import dev.rung.core.json.Json;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is noted about a request on its way, for its line in the log; thread-safe. */
public final class Notes {
    private volatile @Nullable Supplier<Json.Obj> details;

    /** Notes what {@code what} returns, which is asked for only where lines are written; in place of what was noted before. */
    public void details(Supplier<Json.Obj> what) {
        details = what;
    }

    /** Returns what was noted last, or null. */
    public @Nullable Supplier<Json.Obj> details() {
        return details;
    }
}
