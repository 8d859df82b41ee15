/** Governance: who may call what, what it costs, and what is written down. */
@NullMarked
package dev.rung.gateway.govern;

import org.jspecify.annotations.NullMarked;
