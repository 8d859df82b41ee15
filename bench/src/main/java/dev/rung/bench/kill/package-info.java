/** Climbs that are killed at random moments, and finished. */
@NullMarked
package dev.rung.bench.kill;

import org.jspecify.annotations.NullMarked;
