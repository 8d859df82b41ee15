package dev.rung.app.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes. */
final class Globals {
    private static final String DEFAULT_HOME = ".rung";

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "where Rung keeps releases, reports and what it has paid for"
                    + " (default: $RUNG_HOME, or .rung in this folder)")
    private @Nullable Path home;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "print one JSON document on stdout; progress goes to stderr")
    private boolean json;

    // Read by CommandLineProgram before anything is parsed, so that errors in the arguments are plain too.
    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "no colours (they are only used on a terminal, and never when NO_COLOR is set)")
    @SuppressWarnings("UnusedVariable")
    private boolean noColour;

    boolean json() {
        return json;
    }

    /** Returns the folder in which this installation keeps its state; it need not exist yet. */
    Path home() {
        if (home != null) {
            return home;
        }
        String set = System.getenv("RUNG_HOME");
        return Path.of(set == null || set.isBlank() ? DEFAULT_HOME : set);
    }
}
