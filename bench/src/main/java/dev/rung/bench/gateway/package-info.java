/** What the gateway adds to an answer, measured from outside over real sockets. */
@NullMarked
package dev.rung.bench.gateway;

import org.jspecify.annotations.NullMarked;
