package dev.rung.wire;

import dev.rung.wire.form.ApiError;
import dev.rung.wire.form.Asked;
import dev.rung.wire.form.Codec;
import dev.rung.wire.form.StreamEvent;
import dev.rung.wire.form.StreamReader;
import dev.rung.wire.form.StreamWriter;
import dev.rung.wire.form.Untranslatable;
import dev.rung.wire.form.Usage;
import dev.rung.wire.sse.SseOverflow;
import dev.rung.wire.sse.SseParser;
import dev.rung.wire.sse.SseSink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a server's stream into the events of a caller's, as they arrive.
 *
 * <p>Before {@link #started} nothing of the answer has come, so that whoever holds back what was handed on until then may still let another server answer. After a
 * {@link #failure} nothing more is handed on. Not thread-safe.
 */
public final class StreamTranslation {
    private final SseParser parser;
    private final StreamReader reader;
    private final StreamWriter writer;
    private Usage usage = Usage.UNKNOWN;
    private boolean started;
    private boolean complete;
    private @Nullable ApiError failure;

    /** Begins a stream that {@code upstream} speaks, for a caller who speaks {@code inbound}; events larger than {@code limit} bytes are a failure. */
    public StreamTranslation(Codec inbound, Codec upstream, Asked asked, int limit) {
        this.parser = new SseParser(limit);
        this.reader = upstream.streamReader();
        this.writer = inbound.streamWriter(asked);
    }

    /** Reads {@code chunk[from..to)} and hands on what it comes to. */
    public void feed(byte[] chunk, int from, int to, SseSink sink) {
        try {
            parser.feed(chunk, from, to, event -> reader.read(event, step -> step(step, sink)));
        } catch (SseOverflow e) {
            step(
                    new StreamEvent.Failed(
                            ApiError.of(ApiError.Kind.UNAVAILABLE, "The model's server sent too large an event.")),
                    sink);
        }
    }

    /** Ends the stream; one that has not said that it is complete has failed. */
    public void end(SseSink sink) {
        parser.finish(event -> reader.read(event, step -> step(step, sink)));
        reader.end(step -> step(step, sink));
    }

    /** Ends the stream with a failure of our own, in the caller's dialect. */
    public void fail(ApiError error, SseSink sink) {
        step(new StreamEvent.Failed(error), sink);
    }

    private void step(StreamEvent event, SseSink sink) {
        if (complete || failure != null) {
            return;
        }
        started |= event.isContent();
        switch (event) {
            case StreamEvent.Used used -> usage = used.usage();
            case StreamEvent.End end -> complete = true;
            case StreamEvent.Failed failed -> failure = failed.error();
            default -> {}
        }
        writer.write(event, sink);
    }

    /** Tells whether the answer has begun. */
    public boolean started() {
        return started;
    }

    /** Tells whether the answer is complete. */
    public boolean complete() {
        return complete;
    }

    /** Returns why the stream failed, or null. */
    public @Nullable ApiError failure() {
        return failure;
    }

    /** Returns what was used until now. */
    public Usage usage() {
        return usage;
    }

    /** Returns what the caller's dialect could not express until now. */
    public List<Untranslatable> lost() {
        return writer.lost();
    }
}
