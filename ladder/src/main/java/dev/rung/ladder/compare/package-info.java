/** Two releases beside each other, on the sealed rows that both answered. */
@NullMarked
package dev.rung.ladder.compare;

import org.jspecify.annotations.NullMarked;
