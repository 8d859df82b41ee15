/** Small learners for text: n-gram features, multinomial logistic regression, calibration, an out-of-scope gate. */
@NullMarked
package dev.rung.learn;

import org.jspecify.annotations.NullMarked;
