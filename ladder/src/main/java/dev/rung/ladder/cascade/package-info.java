/** Two tiers: a cheap solver answers when it is sure, a stronger one otherwise. */
@NullMarked
package dev.rung.ladder.cascade;

import org.jspecify.annotations.NullMarked;
