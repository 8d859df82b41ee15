/** The rung that looks up, for each question, what the model is shown: the nearest labelled examples. */
@NullMarked
package dev.rung.ladder.retrieve;

import org.jspecify.annotations.NullMarked;
