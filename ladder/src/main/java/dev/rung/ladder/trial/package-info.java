/** Trials: a solver put to examples, one at a time, and races between solvers on the tune split. */
@NullMarked
package dev.rung.ladder.trial;

import org.jspecify.annotations.NullMarked;
