/** The audit of a task's examples: what is wrong with them, and what they can and cannot prove. */
@NullMarked
package dev.rung.intake.audit;

import org.jspecify.annotations.NullMarked;
