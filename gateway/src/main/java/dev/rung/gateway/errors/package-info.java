/** How each dialect writes an error, as a reply and inside a stream. */
@NullMarked
package dev.rung.gateway.errors;

import org.jspecify.annotations.NullMarked;
