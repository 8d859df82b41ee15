/** Looking into JSON bytes without parsing them into a tree, so that everything but the few members looked for stays as it is. */
@NullMarked
package dev.rung.gateway.scan;

import org.jspecify.annotations.NullMarked;
