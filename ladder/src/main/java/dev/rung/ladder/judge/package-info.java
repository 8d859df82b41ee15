/** Model judges for tasks that answer in text: the prompt, the verdicts, pairwise comparison, and their measurement on rows that people judged. */
@NullMarked
package dev.rung.ladder.judge;

import org.jspecify.annotations.NullMarked;
