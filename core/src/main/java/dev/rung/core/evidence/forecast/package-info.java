/** What more labelled rows would buy: learning curves, fitted with their uncertainty and extrapolated. */
@NullMarked
package dev.rung.core.evidence.forecast;

import org.jspecify.annotations.NullMarked;
