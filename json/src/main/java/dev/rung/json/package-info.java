/** JSON text, YAML with line numbers and JSON Schema, in and out of core's {@link dev.rung.core.json.Json}. */
@NullMarked
package dev.rung.json;

import org.jspecify.annotations.NullMarked;
