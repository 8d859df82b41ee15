/** What a model's judgements are worth beside people's: agreement, and intervals and tests of what people would say that few of their verdicts and many of a model's allow. */
@NullMarked
package dev.rung.core.evidence.judge;

import org.jspecify.annotations.NullMarked;
