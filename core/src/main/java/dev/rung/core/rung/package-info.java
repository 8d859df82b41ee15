/** Levels of customization, the solutions built on them, and the solvers that answer. */
@NullMarked
package dev.rung.core.rung;

import org.jspecify.annotations.NullMarked;
