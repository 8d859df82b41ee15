/** The local engine beside others on the same native library, and the label search beside scoring every label. */
@NullMarked
package dev.rung.bench.engine;

import org.jspecify.annotations.NullMarked;
