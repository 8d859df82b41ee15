/** A real HTTP server that plays the vendors: their shapes are written from their public specifications. */
@NullMarked
package dev.rung.compat.played;

import org.jspecify.annotations.NullMarked;
