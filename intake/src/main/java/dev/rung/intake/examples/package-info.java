/** Example files of every accepted format, read as streams of rows that know their lines. */
@NullMarked
package dev.rung.intake.examples;

import org.jspecify.annotations.NullMarked;
