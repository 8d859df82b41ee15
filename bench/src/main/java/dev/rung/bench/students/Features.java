package dev.rung.bench.students;

import dev.rung.core.economics.Pricing;
import dev.rung.core.model.Encoder;
import dev.rung.models.embed.BgeSmallEncoder;
import dev.rung.models.embed.CachedEncoder;
import dev.rung.store.Ledger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The shared encoder with its features kept in a ledger, so that a second run computes none. */
final class Features implements AutoCloseable {
    private static final int TEXTS_A_LINE = 2_048;
    /** The vector and the mean over the tokens. */
    static final int PARTS = 2;

    private static final int THREADS = 2;

    private final Ledger ledger;
    private final Encoder encoder;
    private final CachedEncoder cached;

    /** @param home where the ledger and the unpacked encoder are kept */
    Features(Path home) {
        this.ledger = Ledger.open(home);
        this.encoder = BgeSmallEncoder.load(
                home.resolve("encoder"), THREADS, new Pricing.Unpriced("a benchmark asks no price"));
        this.cached = new CachedEncoder(encoder, ledger.embeddings());
    }

    /** Returns the features of each text. */
    List<float[]> of(List<String> texts) {
        List<float[]> features = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += TEXTS_A_LINE) {
            if (texts.size() > TEXTS_A_LINE) {
                System.err.printf("features: %,d of %,d%n", from, texts.size());
            }
            features.addAll(cached.features(texts.subList(from, Math.min(texts.size(), from + TEXTS_A_LINE))));
        }
        return features;
    }

    /** Returns the encoder without what is kept, for timing. */
    Encoder encoder() {
        return encoder;
    }

    @Override
    public void close() {
        cached.close();
        ledger.close();
    }
}
