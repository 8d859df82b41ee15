package dev.rung.compat;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A vendor's own client, pointed at the gateway. */
interface Client extends AutoCloseable {
    /** Returns what of the features the client has at all. */
    Set<Feature> features();

    /** Returns the prefix that the vendor's ids of answers have; empty for none. */
    String idPrefix();

    Got chat(Ask ask);

    /** Asks for a stream and hands its pieces of text on as they come. */
    Got stream(Ask ask, Consumer<String> piece);

    /** Asks for a stream, and leaves it once its first piece of text is there. */
    void abandon(Ask ask);

    default List<List<Float>> embed(List<String> texts) {
        throw new UnsupportedOperationException("this client has no embeddings");
    }

    default long count(Ask ask) {
        throw new UnsupportedOperationException("this client counts no tokens");
    }

    /** Returns the names of all models, which come in pages of two where the client has pages. */
    default List<String> models() {
        throw new UnsupportedOperationException("this client lists no models");
    }

    /** Asks for one model, and returns its name. */
    default String model(String name) {
        throw new UnsupportedOperationException("this client lists no models");
    }

    /** Returns what the client's exception says; any other is an {@link AssertionError}. */
    Failure failure(Throwable thrown);

    @Override
    default void close() {}
}
