package dev.rung.gateway.policy;

import dev.rung.gateway.http.Bytes;
import java.util.Map;

/**
 * A reply that is given again.
 *
 * @param contentType {@code application/json}, or {@code text/event-stream} for events as they were received
 * @param headers to be added, such as the mark that it was kept
 */
public record KeptReply(String contentType, Map<String, String> headers, Bytes body) {
    public KeptReply {
        headers = Map.copyOf(headers);
    }
}
