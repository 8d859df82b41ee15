/** Money, prices with dates, and what an answer costs. */
@NullMarked
package dev.rung.core.economics;

import org.jspecify.annotations.NullMarked;
