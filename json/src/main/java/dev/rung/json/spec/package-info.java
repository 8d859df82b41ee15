/** Reading of configuration files that people write: known keys, single values, and every problem with its line. */
@NullMarked
package dev.rung.json.spec;

import org.jspecify.annotations.NullMarked;
