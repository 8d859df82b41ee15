/** What can be seen of the gateway from outside: metrics, traces. */
@NullMarked
package dev.rung.gateway.observe;

import org.jspecify.annotations.NullMarked;
