/** The ledger: what happened, kept in one SQLite file, and the releases that it vouches for. */
@NullMarked
package dev.rung.store;

import org.jspecify.annotations.NullMarked;
