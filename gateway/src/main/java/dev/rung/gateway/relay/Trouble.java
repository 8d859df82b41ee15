package dev.rung.gateway.relay;

/** A kind of failure of a deployment; each kind has a breaker of its own, so that one does not hide another. */
enum Trouble {
    /** No connection could be made. */
    UNREACHABLE,
    /** The connection broke, or what came is not what the dialect has. */
    BROKEN,
    /** A deadline passed. */
    TIMEOUT,
    /** Asked too often (429). */
    RATE_LIMITED,
    /** More asked of the upstream than it can do (503, 529). */
    OVERLOADED,
    /** Any other failure of the upstream (5xx). */
    SERVER_ERROR,
    /** Every key was refused, or is out of funds (401, 402, 403). */
    KEYS_REFUSED
}
