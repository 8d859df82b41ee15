package dev.rung.bench.engine;

/** One way to run the model file; used by one thread at a time. */
interface Contestant extends AutoCloseable {
    String name();

    /** Reads a text that is new to it and chooses one token; returns what that took. */
    Spent read(String text);

    /** Goes on greedily from a short text; returns what a token took, the first one not counted. */
    Spent decode(String text, int tokens);

    @Override
    void close();
}
