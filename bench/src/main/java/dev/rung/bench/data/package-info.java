/** Example files of a size that no example has: what {@code rung check} is measured on. */
@NullMarked
package dev.rung.bench.data;

import org.jspecify.annotations.NullMarked;
