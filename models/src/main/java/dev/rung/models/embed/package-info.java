/** Texts to vectors: a frozen sentence encoder on ONNX Runtime, and the cache before it. */
@NullMarked
package dev.rung.models.embed;

import org.jspecify.annotations.NullMarked;
