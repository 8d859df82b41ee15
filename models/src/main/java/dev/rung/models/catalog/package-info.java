/** The catalog of models, where their weights are kept and fetched, and why one is not usable. */
@NullMarked
package dev.rung.models.catalog;

import org.jspecify.annotations.NullMarked;
