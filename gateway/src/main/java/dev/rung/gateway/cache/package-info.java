/** Replies that are given again to equal calls. */
@NullMarked
package dev.rung.gateway.cache;

import org.jspecify.annotations.NullMarked;
