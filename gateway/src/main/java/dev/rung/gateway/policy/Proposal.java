package dev.rung.gateway.policy;

import dev.rung.gateway.http.Arrival;
import dev.rung.gateway.http.Bytes;
import dev.rung.gateway.http.RequestHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that wants to go out.
 *
 * @param credential the caller's own key, from wherever the caller's dialect has it ({@code Authorization: Bearer}, {@code x-api-key},
 *     {@code x-goog-api-key} or {@code key=}); null without one. It is never sent on
 * @param dialect the caller's
 * @param model as the caller names it: a task or a configured model
 * @param streamed whether the caller asks for a stream
 * @param body as it arrived
 * @param targets what could answer, the preferred one first; the relay goes on to the next only before the first byte of a reply
 */
public record Proposal(
        Arrival arrival,
        RequestHeaders headers,
        @Nullable String credential,
        Dialect dialect,
        Operation operation,
        String model,
        boolean streamed,
        Bytes body,
        List<Target> targets) {
    /** Names the call, and neither its key nor its content. */
    @Override
    public String toString() {
        return "%s: %s %s %s".formatted(arrival.id(), dialect, operation, model);
    }
}
