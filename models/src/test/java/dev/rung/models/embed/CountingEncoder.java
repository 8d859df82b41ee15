package dev.rung.models.embed;

import dev.rung.core.model.Encoder;
import dev.rung.core.model.ModelCard;
import java.util.List;

/** Writes down which texts another encoder was asked for. */
record CountingEncoder(Encoder encoder, List<List<String>> computed) implements Encoder {
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
        computed.add(texts);
        return encoder.embed(texts);
    }

    @Override
    public List<float[]> features(List<String> texts) {
        computed.add(texts);
        return encoder.features(texts);
    }

    @Override
    public void close() {}
}
