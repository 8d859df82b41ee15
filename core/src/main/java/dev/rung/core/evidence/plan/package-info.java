/** How many rows a question needs before a single one is labelled, from the tests that will decide it. */
@NullMarked
package dev.rung.core.evidence.plan;

import org.jspecify.annotations.NullMarked;
