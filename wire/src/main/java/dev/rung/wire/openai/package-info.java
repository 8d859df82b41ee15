/** The dialect of OpenAI's chat completions, which many servers speak. */
@NullMarked
package dev.rung.wire.openai;

import org.jspecify.annotations.NullMarked;
