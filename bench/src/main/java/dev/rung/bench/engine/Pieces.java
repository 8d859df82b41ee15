package dev.rung.bench.engine;

import org.jspecify.annotations.Nullable;

/** When the first and the last piece of an answer arrived. */
final class Pieces {
    private @Nullable Spent first;
    private @Nullable Spent last;

    void arrived() {
        last = Spent.now();
        first = first == null ? last : first;
    }

    /** Returns what a token after the first took. */
    Spent each(int tokens) {
        if (first == null || last == null || tokens < EngineSpeed.DECODED / 2) {
            throw new IllegalStateException("only " + tokens + " tokens came: the text must invite a longer answer");
        }
        return last.since(first).dividedBy(tokens - 1);
    }
}
