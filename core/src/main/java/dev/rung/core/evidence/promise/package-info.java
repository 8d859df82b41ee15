/** Thresholds that keep a promise: when a solver may answer by itself, derived from rows that nothing else was set on. */
@NullMarked
package dev.rung.core.evidence.promise;

import org.jspecify.annotations.NullMarked;
