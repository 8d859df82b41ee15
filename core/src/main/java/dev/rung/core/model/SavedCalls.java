package dev.rung.core.model;

import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import org.jspecify.annotations.Nullable;

/** Where model calls are kept, by the hash of all that determines them; thread-safe. */
public interface SavedCalls {
    /** Returns the answer of the call, or null when it was never made. */
    Json.@Nullable Obj find(Sha256 key);

    /** Keeps a call before its answer is used; returns only when it would survive a kill. A key that is already kept stays as it was. */
    void save(Sha256 key, ModelId model, Json.Obj request, Json.Obj answer);
}
