package dev.rung.gateway;

import dev.rung.gateway.log.RequestLine;
import dev.rung.gateway.log.RequestLog;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A log kept in memory, in which a test waits for the next line. */
public final class RecordingLog implements RequestLog {
    private final LinkedBlockingQueue<RequestLine> lines = new LinkedBlockingQueue<>();

    @Override
    public void ended(RequestLine line) {
        lines.add(line);
    }

    /** Returns the next line; none within ten seconds fails the test. */
    public RequestLine next() throws InterruptedException {
        RequestLine line = lines.poll(10, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("no request was written down");
        }
        return line;
    }

    public int size() {
        return lines.size();
    }
}
