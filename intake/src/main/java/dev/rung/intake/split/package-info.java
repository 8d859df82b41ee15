/** Duplicate clusters, and the splits that they fall into. */
@NullMarked
package dev.rung.intake.split;

import org.jspecify.annotations.NullMarked;
