/** How requests get into the ledger of traffic. */
@NullMarked
package dev.rung.gateway.ledger;

import org.jspecify.annotations.NullMarked;
