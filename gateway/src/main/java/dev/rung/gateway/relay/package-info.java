/**
 * Passing requests on to upstreams that speak the caller's dialect: which of them, how often, for how long; and their replies back, byte for byte.
 */
@NullMarked
package dev.rung.gateway.relay;

import org.jspecify.annotations.NullMarked;
