package dev.rung.wire.form;

import org.jspecify.annotations.Nullable;

/**
 * Why an answer ended.
 *
 * @param sequence the stop sequence that was met, or null
 * @param word what the vendor called it
 */
public record Stop(Reason reason, @Nullable String sequence, String word) {
    /** Why. */
    public enum Reason {
        /** The model had said what it had to say. */
        END,
        STOP_SEQUENCE,
        LENGTH,
        TOOL_CALLS,
        /** The model declined. */
        REFUSAL,
        /** A filter of the vendor cut the answer. */
        FILTER,
        /** The vendor's own tools need another request to go on. */
        PAUSE,
        /** Prompt and answer fill the context. */
        CONTEXT_FULL,
        /** What the vendor said has no counterpart. */
        OTHER
    }

    public static Stop of(Reason reason, String word) {
        return new Stop(reason, null, word);
    }
}
