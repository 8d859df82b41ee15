package dev.rung.wire.form;

import org.jspecify.annotations.Nullable;

/**
 * A mark that the prompt up to and with this part is to be cached.
 *
 * @param ttl such as {@code 5m} or {@code 1h}, or null for the vendor's own
 */
public record Cache(@Nullable String ttl) {}
