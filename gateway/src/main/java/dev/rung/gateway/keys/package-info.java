/** Who calls: keys, and what is known of their owners. */
@NullMarked
package dev.rung.gateway.keys;

import org.jspecify.annotations.NullMarked;
