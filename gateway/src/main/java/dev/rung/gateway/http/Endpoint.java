package dev.rung.gateway.http;

/** What answers calls on one route; called on many virtual threads at once, and may block. */
@FunctionalInterface
public interface Endpoint {
    /** Returns the reply; a {@link Refused} becomes an error in the caller's dialect, as does any other failure. */
    Reply answer(Call call);
}
