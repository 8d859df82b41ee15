/** What callers may do, and how much of it: rules of scopes, budgets, rates. */
@NullMarked
package dev.rung.gateway.limits;

import org.jspecify.annotations.NullMarked;
