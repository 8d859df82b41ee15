/** OpenAI's dialect: chat completions, models and errors, in front of promoted releases. */
@NullMarked
package dev.rung.gateway.openai;

import org.jspecify.annotations.NullMarked;
