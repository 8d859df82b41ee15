/** The dialect of Anthropic's Messages. */
@NullMarked
package dev.rung.wire.anthropic;

import org.jspecify.annotations.NullMarked;
