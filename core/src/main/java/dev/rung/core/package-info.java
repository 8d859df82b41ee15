/** Rung's own words as types: tasks, data, rungs, evidence and economics. */
@NullMarked
package dev.rung.core;

import org.jspecify.annotations.NullMarked;
