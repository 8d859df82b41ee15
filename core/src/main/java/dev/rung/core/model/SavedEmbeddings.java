package dev.rung.core.model;

import dev.rung.core.Sha256;
import java.util.List;
import java.util.Map;

/** Where vectors are kept, by encoder and hash of the text; thread-safe. */
public interface SavedEmbeddings {
    /** Returns the vectors that are kept among those asked for. */
    Map<Sha256, float[]> find(String fingerprint, List<Sha256> texts);

    /** Keeps vectors. */
    void save(String fingerprint, Map<Sha256, float[]> vectors);
}
