/** Students on public data: how often they are right, how sure they may be, how long they take. */
@NullMarked
package dev.rung.bench.students;

import org.jspecify.annotations.NullMarked;
