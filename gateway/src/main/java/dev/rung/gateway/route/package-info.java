/** Which promoted release answers which model name, and the loan of its solver while a request uses it. */
@NullMarked
package dev.rung.gateway.route;

import org.jspecify.annotations.NullMarked;
