/** Models behind servers with an OpenAI-compatible interface: chat completions, structured outputs, log-probabilities. */
@NullMarked
package dev.rung.models.openai;

import org.jspecify.annotations.NullMarked;
