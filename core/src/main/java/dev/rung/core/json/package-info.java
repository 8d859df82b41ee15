/** JSON values and their one canonical text. */
@NullMarked
package dev.rung.core.json;

import org.jspecify.annotations.NullMarked;
