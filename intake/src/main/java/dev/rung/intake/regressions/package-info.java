/** Rows that were mended once, kept beside the task file. */
@NullMarked
package dev.rung.intake.regressions;

import org.jspecify.annotations.NullMarked;
