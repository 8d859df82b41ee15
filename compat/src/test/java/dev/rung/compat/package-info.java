/** Official client libraries against the running endpoint. */
@NullMarked
package dev.rung.compat;

import org.jspecify.annotations.NullMarked;
