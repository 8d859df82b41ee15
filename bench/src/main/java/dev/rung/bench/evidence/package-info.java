/** How long evidence takes. */
@NullMarked
package dev.rung.bench.evidence;

import org.jspecify.annotations.NullMarked;
