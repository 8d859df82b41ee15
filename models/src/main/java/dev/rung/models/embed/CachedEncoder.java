package dev.rung.models.embed;

import dev.rung.core.Sha256;
import dev.rung.core.model.Encoder;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.SavedEmbeddings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An encoder that looks a text up before it computes its features, and keeps what it computed.
 *
 * <p>Vectors are the first part of the features, so that a text is computed once whichever is asked for first. New features are kept a few hundred at a time, so that a run that is killed loses seconds of work. Thread-safe.
 */
public final class CachedEncoder implements Encoder {
    private static final int TEXTS_A_SAVE = 512;

    private final Encoder encoder;
    private final SavedEmbeddings saved;

    /** Takes ownership of {@code encoder}, but not of {@code saved}. */
    public CachedEncoder(Encoder encoder, SavedEmbeddings saved) {
        this.encoder = encoder;
        this.saved = saved;
    }

    /** Returns the encoder that computes what is not kept, for measuring how long it takes. */
    public Encoder uncached() {
        return encoder;
    }

    @Override
    public ModelCard card() {
        return encoder.card();
    }

    @Override
    public int dimensions() {
        return encoder.dimensions();
    }

    @Override
    public int tokens(String text) {
        return encoder.tokens(text);
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        int dimensions = dimensions();
        return features(texts).stream()
                .map(features -> Arrays.copyOf(features, dimensions))
                .toList();
    }

    @Override
    public List<float[]> features(List<String> texts) {
        List<Sha256> keys = texts.stream().map(Sha256::of).toList();
        Map<Sha256, String> missing = distinct(keys, texts);
        Map<Sha256, float[]> vectors = new HashMap<>(saved.find(fingerprint(), List.copyOf(missing.keySet())));
        missing.keySet().removeAll(vectors.keySet());
        List<Sha256> missingKeys = List.copyOf(missing.keySet());
        for (int from = 0; from < missingKeys.size(); from += TEXTS_A_SAVE) {
            List<Sha256> part = missingKeys.subList(from, Math.min(missingKeys.size(), from + TEXTS_A_SAVE));
            vectors.putAll(compute(part, missing));
        }
        return keys.stream()
                .map(key -> Objects.requireNonNull(vectors.get(key)))
                .toList();
    }

    private Map<Sha256, float[]> compute(List<Sha256> keys, Map<Sha256, String> texts) {
        List<String> wanted = new ArrayList<>();
        for (Sha256 key : keys) {
            wanted.add(texts.getOrDefault(key, ""));
        }
        List<float[]> made = encoder.features(wanted);
        Map<Sha256, float[]> vectors = new LinkedHashMap<>();
        for (int i = 0; i < made.size(); i++) {
            vectors.put(keys.get(i), made.get(i));
        }
        saved.save(fingerprint(), vectors);
        return vectors;
    }

    private static Map<Sha256, String> distinct(List<Sha256> keys, List<String> texts) {
        Map<Sha256, String> distinct = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            distinct.putIfAbsent(keys.get(i), texts.get(i));
        }
        return distinct;
    }

    private String fingerprint() {
        return encoder.card().fingerprint() + "/features";
    }

    @Override
    public void close() {
        encoder.close();
    }
}
