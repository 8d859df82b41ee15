/** The dialects as a whole: any of them in front, any of them behind. */
@NullMarked
package dev.rung.wire;

import org.jspecify.annotations.NullMarked;
