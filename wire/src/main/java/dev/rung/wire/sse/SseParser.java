package dev.rung.wire.sse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads an event stream as it arrives, in chunks cut anywhere: the parsing rules of the WHATWG HTML standard, section 9.2.6.
 *
 * <p>Lines end in LF, CR or CR LF; an event is handed on at the blank line after it, within the call that brought that line's end, so that nothing waits for
 * the next chunk. A chunk may end inside a character or between CR and LF. The fields {@code id} and {@code retry}, and unknown ones, are passed over: they are
 * about reconnecting, which no dialect does. Memory is bounded by the largest event allowed. Not thread-safe.
 */
public final class SseParser {
    private static final byte[] NOTHING = {};

    private final int limit;

    /** The begin of a line whose end has not arrived. */
    private byte[] line = NOTHING;

    private int lineLength;

    private byte[] data = NOTHING;
    private int dataLength;
    private boolean hasData;
    private String type = SseEvent.MESSAGE;

    private boolean afterReturn;
    private boolean firstLine = true;
    private boolean fieldsSeen;

    /** Makes a reader of a stream whose events have at most {@code limit} bytes; a larger one is a {@link SseOverflow}. */
    public SseParser(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit of " + limit + " bytes");
        }
        this.limit = limit;
    }

    /** Reads the whole chunk. */
    public void feed(byte[] chunk, SseSink sink) {
        feed(chunk, 0, chunk.length, sink);
    }

    /** Reads {@code chunk[from..to)}, which may be used again afterwards, and hands on the events that it completes. */
    public void feed(byte[] chunk, int from, int to, SseSink sink) {
        int at = from;
        if (afterReturn && at < to) {
            afterReturn = false;
            if (chunk[at] == '\n') {
                at++;
            }
        }
        while (at < to) {
            int end = at;
            while (end < to && chunk[end] != '\n' && chunk[end] != '\r') {
                end++;
            }
            if (end == to) {
                keep(chunk, at, end);
                return;
            }
            if (lineLength == 0) {
                line(chunk, at, end, sink);
            } else {
                keep(chunk, at, end);
                int length = lineLength;
                lineLength = 0;
                line(line, 0, length, sink);
            }
            at = end + 1;
            if (chunk[end] == '\r') {
                if (at == to) {
                    afterReturn = true;
                } else if (chunk[at] == '\n') {
                    at++;
                }
            }
        }
    }

    /**
     * Tells whether the stream broke off inside an event, which the standard has the reader throw away.
     *
     * <p>Some servers leave out the blank line after their last event: {@link #finish} reads that one.
     */
    public boolean incomplete() {
        return lineLength > 0 || fieldsSeen;
    }

    /** Ends the stream; hands on an event that lacks only the blank line after it, and tells whether there was one. */
    public boolean finish(SseSink sink) {
        if (lineLength > 0) {
            int length = lineLength;
            lineLength = 0;
            line(line, 0, length, sink);
        }
        boolean last = hasData;
        dispatch(sink);
        return last;
    }

    private void keep(byte[] chunk, int from, int to) {
        int length = to - from;
        bound((long) lineLength + length + dataLength);
        line = grown(line, lineLength + length);
        System.arraycopy(chunk, from, line, lineLength, length);
        lineLength += length;
    }

    private void line(byte[] bytes, int start, int to, SseSink sink) {
        int from = start;
        if (firstLine) {
            firstLine = false;
            if (to - from >= 3
                    && bytes[from] == (byte) 0xEF
                    && bytes[from + 1] == (byte) 0xBB
                    && bytes[from + 2] == (byte) 0xBF) {
                from += 3;
            }
        }
        if (from == to) {
            dispatch(sink);
            return;
        }
        if (bytes[from] == ':') {
            sink.comment();
            return;
        }
        fieldsSeen = true;
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, to);
        if (value < to && bytes[value] == ' ') {
            value++;
        }
        if (named(bytes, from, colon, "data")) {
            data(bytes, value, to);
        } else if (named(bytes, from, colon, "event")) {
            type = value == to ? SseEvent.MESSAGE : new String(bytes, value, to - value, StandardCharsets.UTF_8);
        }
    }

    private void data(byte[] bytes, int from, int to) {
        int length = to - from;
        int lineFeed = hasData ? 1 : 0;
        bound((long) dataLength + lineFeed + length);
        data = grown(data, dataLength + lineFeed + length);
        if (hasData) {
            data[dataLength++] = '\n';
        }
        System.arraycopy(bytes, from, data, dataLength, length);
        dataLength += length;
        hasData = true;
    }

    private void dispatch(SseSink sink) {
        boolean complete = hasData;
        String named = type;
        byte[] content = complete ? Arrays.copyOf(data, dataLength) : NOTHING;
        hasData = false;
        dataLength = 0;
        type = SseEvent.MESSAGE;
        fieldsSeen = false;
        if (complete) {
            sink.event(new SseEvent(named, content));
        }
    }

    private void bound(long length) {
        if (length > limit) {
            throw new SseOverflow(limit);
        }
    }

    private static boolean named(byte[] bytes, int from, int to, String name) {
        if (to - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (bytes[from + i] != (byte) name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] grown(byte[] bytes, int length) {
        return length <= bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(length, Math.max(256, bytes.length * 2)));
    }
}
