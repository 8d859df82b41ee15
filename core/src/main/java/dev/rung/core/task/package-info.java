/** What is asked: a task, its output contract, its bar and its constraints. */
@NullMarked
package dev.rung.core.task;

import org.jspecify.annotations.NullMarked;
