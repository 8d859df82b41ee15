package dev.rung.core.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ChatModel} said.
 *
 * @param stop the text to stop at that came up; null unless the answer ended by one
 * @param time how long the model was busy, waiting not included
 */
public record ChatAnswer(String text, End end, @Nullable String stop, Usage usage, Duration time) {
    /** Why the text ends. */
    public enum End {
        /** The model had said what it had to say. */
        SAID,
        /** A text to stop at came up. */
        STOP,
        /** It has as many tokens as it may have. */
        LENGTH,
        /** The context is full. */
        CONTEXT_FULL
    }
}
