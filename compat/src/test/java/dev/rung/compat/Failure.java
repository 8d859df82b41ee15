package dev.rung.compat;

import org.jspecify.annotations.Nullable;

/**
 * What a client's own exception says.
 *
 * @param status of HTTP; 0 where the exception tells none
 * @param kind the simple name of the exception's class
 * @param type the vendor's word for the error in its body; empty for none
 * @param said all that it says: message and body
 * @param retryAfter the header of that name, or null
 */
record Failure(
        int status,
        String kind,
        String type,
        String said,
        @Nullable String retryAfter) {}
