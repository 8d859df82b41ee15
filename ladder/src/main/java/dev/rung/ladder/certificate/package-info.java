/** Certificates: the record from which anybody can recompute why a release was promoted, and the verifier that does. */
@NullMarked
package dev.rung.ladder.certificate;

import org.jspecify.annotations.NullMarked;
