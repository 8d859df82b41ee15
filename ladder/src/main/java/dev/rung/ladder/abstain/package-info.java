/** Students that say "I don't know" where their confidence does not reach a threshold that keeps the task's promise. */
@NullMarked
package dev.rung.ladder.abstain;

import org.jspecify.annotations.NullMarked;
