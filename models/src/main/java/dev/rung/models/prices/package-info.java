/** The price books that were imported into a state folder. */
@NullMarked
package dev.rung.models.prices;

import org.jspecify.annotations.NullMarked;
