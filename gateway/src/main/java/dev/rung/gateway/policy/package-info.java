/**
 * The seam between the relay and governance: what is asked before a call goes out, and what is told after it.
 *
 * <p>The relay knows no keys, budgets or prices; whatever governs implements {@link dev.rung.gateway.policy.Governor}.
 */
@NullMarked
package dev.rung.gateway.policy;

import org.jspecify.annotations.NullMarked;
