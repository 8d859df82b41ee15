/** The dialect of Google's Gemini. */
@NullMarked
package dev.rung.wire.gemini;

import org.jspecify.annotations.NullMarked;
