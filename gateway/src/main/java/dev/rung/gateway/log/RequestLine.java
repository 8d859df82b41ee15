package dev.rung.gateway.log;

import dev.rung.core.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request, after it has ended.
 *
 * @param id the caller's {@code x-request-id} if it sent a usable one, otherwise made here; not necessarily unique
 * @param trace the trace id of the caller's W3C {@code traceparent}, 32 hexadecimal digits; null without one
 * @param received when its head had arrived
 * @param method as sent; empty when the request could not be read that far
 * @param path as sent, without the query; empty when the request could not be read that far
 * @param status that was sent, or would have been had the caller stayed
 * @param error the stable code of the error that was answered; null for a success
 * @param answered null when no release was asked
 * @param end how it ended
 * @param details what was noted of it where it named a task or a model: who, what answered, tokens, price; null otherwise
 * @param time from the head's arrival until the last byte was handed to the network
 */
public record RequestLine(
        String id,
        @Nullable String trace,
        Instant received,
        String method,
        String path,
        int status,
        @Nullable String error,
        @Nullable Answered answered,
        End end,
        @Nullable Supplier<Json.Obj> details,
        Duration time) {
    /** How a request ended. */
    public enum End {
        /** The whole reply was handed to the network. */
        COMPLETE,
        /** The caller left, or was too slow to read or to send, before the reply was through. */
        CALLER_GONE,
        /** The reply broke off by a fault on this side. */
        BROKEN
    }
}
