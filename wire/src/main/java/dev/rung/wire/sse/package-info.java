/** Server-sent events, read and written as bytes. */
@NullMarked
package dev.rung.wire.sse;

import org.jspecify.annotations.NullMarked;
