/** A task folder: {@code task.yaml} as it is written, and what it resolves to. */
@NullMarked
package dev.rung.intake.taskfile;

import org.jspecify.annotations.NullMarked;
