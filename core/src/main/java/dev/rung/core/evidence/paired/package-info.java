/** Two solutions on the same examples: whether one is worse than the other by more than a stated margin, and what it saves. */
@NullMarked
package dev.rung.core.evidence.paired;

import org.jspecify.annotations.NullMarked;
