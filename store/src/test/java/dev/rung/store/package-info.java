/** What the ledger promises, tried on real files and real processes. */
@NullMarked
package dev.rung.store;

import org.jspecify.annotations.NullMarked;
