/**
 * Open language models inside this process: llama.cpp's C API (tag b4916) bound by the foreign-function interface.
 *
 * <p>The native code ends the whole process when an argument breaks one of its assertions, so every argument is checked here, before it crosses.
 */
@NullMarked
package dev.rung.models.llama;

import org.jspecify.annotations.NullMarked;
