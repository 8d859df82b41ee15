package dev.rung.gateway.log;

/**
 * Where each request is written down once, after its reply; called on many threads at once.
 *
 * <p>The caller has its reply by then, but its connection takes no further request until this returns, so an implementation hands the line over and
 * does not wait for a disk. What it throws is logged and harms no request.
 */
@FunctionalInterface
public interface RequestLog {
    /** Writes nothing down. */
    RequestLog NONE = line -> {};

    void ended(RequestLine line);
}
