package dev.rung.core.model;

import java.util.List;

/** A model that turns a text into a vector of length one; thread-safe. */
public interface Encoder extends AutoCloseable {
    ModelCard card();

    /** Returns how many numbers a vector has. */
    int dimensions();

    /** Returns how many tokens a text has, marks at its ends included, also where they are more than the context takes. */
    int tokens(String text);

    /** Returns one vector a text, in order; what does not fit the context is cut off at its end. */
    List<float[]> embed(List<String> texts);

    /** Returns the vector of one text. */
    default float[] embed(String text) {
        return embed(List.of(text)).getFirst();
    }

    /**
     * Returns what a learner should read of each text, in order: its vector, followed by whatever else the same work gave.
     *
     * <p>Distances between texts are those of {@link #embed}; features are for fitting weights to.
     */
    default List<float[]> features(List<String> texts) {
        return embed(texts);
    }

    /** Returns the features of one text. */
    default float[] features(String text) {
        return features(List.of(text)).getFirst();
    }

    @Override
    void close();
}
