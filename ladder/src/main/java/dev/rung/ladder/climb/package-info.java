/** The climb: candidates from the lowest rung up, each tried, judged and, where it holds, certified. */
@NullMarked
package dev.rung.ladder.climb;

import org.jspecify.annotations.NullMarked;
