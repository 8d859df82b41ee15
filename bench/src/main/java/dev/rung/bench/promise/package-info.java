/** The promise of a threshold on real students' confidences. */
@NullMarked
package dev.rung.bench.promise;

import org.jspecify.annotations.NullMarked;
