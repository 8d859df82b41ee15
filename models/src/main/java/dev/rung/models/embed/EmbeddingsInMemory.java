package dev.rung.models.embed;

import dev.rung.core.Sha256;
import dev.rung.core.model.SavedEmbeddings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Vectors kept until the process ends; thread-safe. */
public final class EmbeddingsInMemory implements SavedEmbeddings {
    private record Key(String fingerprint, Sha256 text) {}

    private final Map<Key, float[]> vectors = new ConcurrentHashMap<>();

    @Override
    public Map<Sha256, float[]> find(String fingerprint, List<Sha256> texts) {
        Map<Sha256, float[]> found = new HashMap<>();
        for (Sha256 text : texts) {
            float[] vector = vectors.get(new Key(fingerprint, text));
            if (vector != null) {
                found.put(text, vector.clone());
            }
        }
        return found;
    }

    @Override
    public void save(String fingerprint, Map<Sha256, float[]> made) {
        made.forEach((text, vector) -> vectors.put(new Key(fingerprint, text), vector.clone()));
    }
}
