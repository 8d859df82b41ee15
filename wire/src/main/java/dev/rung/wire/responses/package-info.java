/** The dialect of OpenAI's Responses. */
@NullMarked
package dev.rung.wire.responses;

import org.jspecify.annotations.NullMarked;
