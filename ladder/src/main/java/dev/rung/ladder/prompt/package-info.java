/** The lowest rung: an instruction and an output contract, with or without demonstrations. */
@NullMarked
package dev.rung.ladder.prompt;

import org.jspecify.annotations.NullMarked;
