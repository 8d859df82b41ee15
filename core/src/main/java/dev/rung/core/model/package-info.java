/** Models as interchangeable components: what they can do, what they cost, where they run. */
@NullMarked
package dev.rung.core.model;

import org.jspecify.annotations.NullMarked;
