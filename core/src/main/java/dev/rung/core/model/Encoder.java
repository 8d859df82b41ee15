package dev.rung.core.model;

import java.util.List;

/** A model that turns a text into a vector of length one; thread-safe. */
public interface Encoder extends AutoCloseable {
    ModelCard card();

    /** Returns how many numbers a vector has. */
    int dimensions();

    /** Returns one vector a text, in order; what does not fit the context is cut off at its end. */
    List<float[]> embed(List<String> texts);

    /** Returns the vector of one text. */
    default float[] embed(String text) {
        return embed(List.of(text)).getFirst();
    }

    @Override
    void close();
}
