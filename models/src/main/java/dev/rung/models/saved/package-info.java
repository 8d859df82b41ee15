/** Model calls that are kept before they are used, and never made twice. */
@NullMarked
package dev.rung.models.saved;

import org.jspecify.annotations.NullMarked;
