package dev.rung.wire.form;

import dev.rung.wire.sse.SseSink;
import java.util.List;

/** Writes the events of one stream of one dialect; a state machine, not thread-safe. */
public interface StreamWriter {
    /** Writes what the event comes to, which may be nothing. */
    void write(StreamEvent event, SseSink sink);

    /** Returns what had no place in the dialect until now; each field once. */
    List<Untranslatable> lost();
}
