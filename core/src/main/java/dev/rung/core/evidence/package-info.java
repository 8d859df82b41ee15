/** What outcomes allow to be said: scores, estimates with their intervals, sequential tests, verdicts, and the error that they spend. */
@NullMarked
package dev.rung.core.evidence;

import org.jspecify.annotations.NullMarked;
