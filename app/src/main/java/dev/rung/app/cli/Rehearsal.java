package dev.rung.app.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The run that the build records, so that the JDK can keep what the usual commands load; see {@code bin/build}. */
public final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Screen screen = Screen.of(nowhere, nowhere, true, true, Map.of());
        CommandLineProgram.run(screen, "--help");
        CommandLineProgram.run(screen, "--version");
        CommandLineProgram.run(screen, "completion", "bash");
        CommandLineProgram.run(screen, "no-such-command");
    }
}
