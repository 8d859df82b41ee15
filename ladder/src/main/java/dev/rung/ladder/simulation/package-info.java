/** Synthetic worlds whose truth is known, put through the code that decides real climbs, to measure how often its promises hold. */
@NullMarked
package dev.rung.ladder.simulation;

import org.jspecify.annotations.NullMarked;
