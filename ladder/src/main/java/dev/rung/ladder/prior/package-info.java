/** What is known of the rungs before anything is measured: what they need and what they would cost. */
@NullMarked
package dev.rung.ladder.prior;

import org.jspecify.annotations.NullMarked;
