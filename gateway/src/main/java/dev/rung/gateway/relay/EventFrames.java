package dev.rung.gateway.relay;

import dev.rung.models.egress.RelayReply;
import java.io.IOException;
import java.util.Arrays;

/**
 * Cuts a stream of server-sent events (WHATWG HTML, section 9.2) into its events without changing a byte: each is the bytes up to and with the blank line after it.
 *
 * <p>Lines end in LF, CR or CR LF, and packets may end anywhere. Comments between events are events here, with nothing in them. Memory is bounded by the largest event
 * allowed. Not thread-safe.
 */
final class EventFrames {
    private static final int FIRST_SIZE = 8_192;

    private final int limit;
    private byte[] buffer = new byte[FIRST_SIZE];
    private int from; // of the event that is being completed
    private int lineFrom;
    private int scanned;
    private int filled;
    private boolean feedMayFollow; // the last line ended in CR: an LF right after it belongs to it
    private int eventFrom;
    private int eventTo;

    EventFrames(int limit) {
        this.limit = limit;
    }

    /** Reads what has arrived, waiting for something; false at the end. Events that came in chunks of their own can leave as one when they have arrived together. */
    boolean fill(RelayReply reply) throws IOException {
        room();
        int count = reply.read(buffer, filled, buffer.length - filled);
        if (count < 0) {
            return false;
        }
        while (count > 0) {
            filled += count;
            count = filled < buffer.length && reply.hasAhead() ? reply.read(buffer, filled, buffer.length - filled) : 0;
        }
        return true;
    }

    /** Takes {@code bytes[at..at + length)} for read. */
    void take(byte[] bytes, int at, int length) throws IOException {
        int done = 0;
        while (done < length) {
            room();
            int part = Math.min(length - done, buffer.length - filled);
            System.arraycopy(bytes, at + done, buffer, filled, part);
            filled += part;
            done += part;
        }
    }

    private void room() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, filled - from);
            lineFrom -= from;
            scanned -= from;
            filled -= from;
            from = 0;
        }
        if (filled == buffer.length) {
            if (filled >= limit) {
                throw new IOException("an event of the stream is larger than " + limit + " bytes");
            }
            buffer = Arrays.copyOf(buffer, Math.min(limit, 2 * filled));
        }
    }

    /** Goes to the next event that is complete in what was read. */
    boolean next() {
        while (scanned < filled) {
            byte b = buffer[scanned];
            if (feedMayFollow) {
                feedMayFollow = false;
                if (b == '\n') {
                    scanned++;
                    lineFrom = scanned;
                    continue;
                }
            }
            if (b != '\n' && b != '\r') {
                scanned++;
                continue;
            }
            boolean blank = scanned == lineFrom;
            scanned++;
            if (b == '\r') {
                if (scanned < filled && buffer[scanned] == '\n') {
                    scanned++;
                } else {
                    feedMayFollow = scanned == filled;
                }
            }
            lineFrom = scanned;
            if (blank) {
                eventFrom = from;
                eventTo = scanned;
                from = scanned;
                return true;
            }
        }
        return false;
    }

    /** Takes what is left at the end of the stream, where the last event lacks its blank line, for an event; false when nothing is left. */
    boolean rest() {
        eventFrom = from;
        eventTo = filled;
        from = filled;
        scanned = filled;
        lineFrom = filled;
        return eventTo > eventFrom;
    }

    byte[] bytes() {
        return buffer;
    }

    int from() {
        return eventFrom;
    }

    int to() {
        return eventTo;
    }
}
