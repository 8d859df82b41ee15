/** Examples, the splits that they fall into, and the sealed set whose accesses are counted. */
@NullMarked
package dev.rung.core.data;

import org.jspecify.annotations.NullMarked;
