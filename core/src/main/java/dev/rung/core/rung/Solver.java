package dev.rung.core.rung;

/** A loaded solution: input in, answer out; thread-safe. */
public interface Solver extends AutoCloseable {
    Solution solution();

    /** Returns the answer; a question that cannot be answered gives an answer without output, while a missing part throws. */
    Answer answer(String input);

    @Override
    void close();
}
