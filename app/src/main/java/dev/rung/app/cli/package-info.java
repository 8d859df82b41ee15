/** The command line: arguments in, one thing done, an exit code out. */
@NullMarked
package dev.rung.app.cli;

import org.jspecify.annotations.NullMarked;
