package dev.rung.gateway.policy;

import dev.rung.gateway.http.Refused;
import dev.rung.gateway.http.Route;
import java.util.List;

/**
 * Decides whether a call may go out: keys, budgets, rate limits, allow-lists; thread-safe, asked once a request on its own virtual thread.
 *
 * <p>It is on the way of every request and waits for no disk.
 */
@FunctionalInterface
public interface Governor {
    /** Lets everything in and counts nothing. */
    Governor OPEN = proposal -> Grant.FREE;

    /**
     * Returns the leave to make the call, with whatever is reserved for it.
     *
     * @throws Refused when it may not go out; the refusal says which rule, how much, and when to try again, and has
     *     {@code x-should-retry: false} where trying again is of no use. It reaches the caller in the caller's dialect
     */
    Grant admit(Proposal proposal);

    /** Returns what governance itself answers, such as metrics; each checks for itself who may ask. */
    default List<Route> routes() {
        return List.of();
    }
}
