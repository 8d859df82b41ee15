/** The endpoint in front of promoted releases. */
@NullMarked
package dev.rung.gateway;

import org.jspecify.annotations.NullMarked;
