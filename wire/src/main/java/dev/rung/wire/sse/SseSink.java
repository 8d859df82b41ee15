package dev.rung.wire.sse;

/** What takes the events of a stream as they become complete. */
@FunctionalInterface
public interface SseSink {
    void event(SseEvent event);

    /** Takes a comment, which is how many servers keep a connection alive; does nothing unless overridden. */
    default void comment() {}
}
