package dev.rung.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command writes: results to {@code out}, everything else to {@code err}; and what each of them can show.
 *
 * @param outTerminal whether {@code out} is a terminal
 * @param errTerminal whether {@code err} is a terminal, so that a line can be written over
 * @param colour whether a user wants colours where they can be shown
 * @param columns how wide the terminal is
 */
record Screen(PrintStream out, PrintStream err, boolean outTerminal, boolean errTerminal, boolean colour, int columns) {
    private static final int DEFAULT_COLUMNS = 100;
    private static final int NARROWEST = 60;

    /** Returns the screen of this process. The launcher says what the streams are: asking the system costs the JVM a process. */
    static Screen ofProcess() {
        return of(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                "terminal".equals(System.getProperty("rung.stdout")),
                "terminal".equals(System.getProperty("rung.stderr")),
                System.getenv());
    }

    static Screen of(
            PrintStream out,
            PrintStream err,
            boolean outTerminal,
            boolean errTerminal,
            Map<String, String> environment) {
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || "dumb".equals(environment.getOrDefault("TERM", ""));
        Integer columns = Integer.getInteger("rung.columns");
        return new Screen(
                out,
                err,
                outTerminal,
                errTerminal,
                !refused,
                columns == null || columns <= 0 ? DEFAULT_COLUMNS : Math.max(NARROWEST, columns));
    }

    Screen withoutColour() {
        return new Screen(out, err, outTerminal, errTerminal, false, columns);
    }

    /** Returns the paint for what goes to {@code out}. */
    Paint paint() {
        return new Paint(colour && outTerminal);
    }

    /** Returns the paint for what goes to {@code err}. */
    Paint errPaint() {
        return new Paint(colour && errTerminal);
    }
}
