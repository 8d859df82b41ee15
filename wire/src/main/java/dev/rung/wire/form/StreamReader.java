package dev.rung.wire.form;

import dev.rung.wire.sse.SseEvent;
import java.util.function.Consumer;

/** Reads the events of one stream of one dialect; a state machine, not thread-safe. */
public interface StreamReader {
    /** Reads one event; anything that is wrong with it is a {@link StreamEvent.Failed}, after which nothing follows. */
    void read(SseEvent event, Consumer<StreamEvent> sink);

    /** Ends the stream: one that has not said that it is complete has failed. */
    void end(Consumer<StreamEvent> sink);
}
