/** What a student may answer by itself: the threshold on its confidence that keeps a promise, for cascades and for students that may be silent. */
@NullMarked
package dev.rung.ladder.promise;

import org.jspecify.annotations.NullMarked;
