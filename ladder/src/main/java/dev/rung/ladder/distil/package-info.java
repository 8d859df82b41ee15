/** The distil rung: small students of the task's labels, from the cheapest up, that answer in process. */
@NullMarked
package dev.rung.ladder.distil;

import org.jspecify.annotations.NullMarked;
