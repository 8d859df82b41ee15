/** What can be told of a text by looking at it alone. */
@NullMarked
package dev.rung.intake.text;

import org.jspecify.annotations.NullMarked;
