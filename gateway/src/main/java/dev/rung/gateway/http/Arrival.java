package dev.rung.gateway.http;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request once its head has arrived.
 *
 * @param id the caller's {@code x-request-id} where it is usable, otherwise made here
 * @param trace the trace id of the caller's {@code traceparent} (W3C Trace Context), or null
 * @param nanos {@link System#nanoTime} at arrival
 * @param notes for its line in the log
 */
public record Arrival(
        String id, @Nullable String trace, Instant received, long nanos, String method, String path, Notes notes) {
    private static final Pattern USABLE_ID = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");
    // Any version but ff; later versions may append fields.
    private static final Pattern TRACE =
            Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final String NO_TRACE = "0".repeat(32);

    static Arrival of(String method, String path, RequestHeaders headers) {
        String wanted = headers.first("x-request-id");
        String id = wanted != null && USABLE_ID.matcher(wanted).matches() ? wanted : newId();
        return new Arrival(
                id, trace(headers.first("traceparent")), Instant.now(), System.nanoTime(), method, path, new Notes());
    }

    /** Returns how long ago the head arrived. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "req-" + HexFormat.of().toHexDigits(random.nextLong())
                + HexFormat.of().toHexDigits(random.nextLong());
    }

    private static @Nullable String trace(@Nullable String traceparent) {
        if (traceparent == null) {
            return null;
        }
        Matcher matcher = TRACE.matcher(traceparent);
        if (!matcher.matches()) {
            return null;
        }
        String trace = matcher.group(1);
        return NO_TRACE.equals(trace) ? null : trace;
    }
}
