package dev.rung.core.rung;

/** A loaded solution: input in, answer out; thread-safe. */
public interface Solver extends AutoCloseable {
    Solution solution();

    /** Returns the answer; a question that cannot be answered gives an answer without output, while a missing part throws. */
    Answer answer(String input);

    /**
     * Returns the answer to a question that was asked {@code ask} times before, on purpose: what it was answered then does not stand for it.
     *
     * <p>A solver that makes no model calls always answers alike, so it need not know.
     */
    default Answer answer(String input, int ask) {
        return answer(input);
    }

    @Override
    void close();
}
