/** Distributions, exact and resampled intervals, and a random generator: arithmetic that every platform repeats to the last digit. */
@NullMarked
package dev.rung.core.statistics;

import org.jspecify.annotations.NullMarked;
