package dev.rung.app.cli;

import dev.rung.core.RungException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One run of the command line, from arguments to exit code. */
final class CommandLineProgram {
    private CommandLineProgram() {}

    /** Runs one command and returns its exit code; never throws. */
    static int run(Screen screen, String... arguments) {
        Screen shown = List.of(arguments).contains("--no-color") ? screen.withoutColour() : screen;
        CommandLine program = program(shown);
        return program.execute(arguments);
    }

    /** Returns the whole tree of commands, writing to {@code screen}. */
    static CommandLine program(Screen screen) {
        RungCommand rung = new RungCommand();
        Globals globals = rung.globals();
        CommandLine program = new CommandLine(rung);
        program.addSubcommand(new ClimbCommand(screen, globals));
        program.addSubcommand(new CheckCommand(screen, globals));
        program.addSubcommand(new JudgeCommand(screen, globals));
        program.addSubcommand(new PlanCommand(screen, globals));
        program.addSubcommand(new AskCommand(screen, globals));
        program.addSubcommand(new ServeCommand(screen, globals));
        program.addSubcommand(new ModelsCommand(screen, globals));
        program.addSubcommand(new PricesCommand(screen, globals));
        program.addSubcommand(new KeysCommand(screen, globals));
        program.addSubcommand(new LimitsCommand(screen, globals));
        program.addSubcommand(new UsageCommand(screen, globals));
        program.addSubcommand(new ReportCommand(screen, globals));
        program.addSubcommand(new ReleasesCommand(screen, globals));
        program.addSubcommand(new RegressionsCommand(screen, globals));
        program.addSubcommand(new CompareCommand(screen, globals));
        program.addSubcommand(new BudgetCommand(screen, globals));
        program.addSubcommand(new PromoteCommand(screen, globals));
        program.addSubcommand(new RollbackCommand(screen, globals));
        program.addSubcommand(new VerifyCertificateCommand(screen, globals));
        program.addSubcommand(
                new CommandLine(new BenchCommand()).addSubcommand(new BenchEvidenceCommand(screen, globals)));
        program.addSubcommand(new CompletionCommand(screen, globals));
        program.setCaseInsensitiveEnumValuesAllowed(true);
        SequencedMap<String, String> exitCodes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            exitCodes.put(Integer.toString(code.code()), code.meaning());
        }
        program.getCommandSpec().usageMessage().exitCodeList(exitCodes);
        boolean ansi = screen.colour() && screen.outTerminal();
        program.setColorScheme(CommandLine.Help.defaultColorScheme(ansi ? Ansi.ON : Ansi.OFF));
        program.setOut(writer(screen.out()));
        program.setErr(writer(screen.err()));
        program.setUsageHelpWidth(Math.min(screen.columns(), 110));
        program.setUsageHelpLongOptionsMaxWidth(30);
        program.setParameterExceptionHandler((wrong, given) -> wrongArgument(screen, wrong));
        program.setExecutionExceptionHandler((failure, command, parsed) -> failure(screen, failure));
        return program;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static int wrongArgument(Screen screen, ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        String said = wrong.getMessage();
        List<String> near = List.of();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            said = command.getCommandSpec().qualifiedName() + " does not know "
                    + unmatched.getUnmatched().getFirst();
            near = unmatched.getSuggestions();
        }
        screen.err().println(screen.errPaint().bad("error:") + " " + said);
        if (!near.isEmpty()) {
            screen.err().println("  did you mean " + String.join(" or ", near) + "?");
        }
        screen.err().println("  " + command.getCommandSpec().qualifiedName() + " --help says what there is");
        return ExitCode.WRONG_INPUT.code();
    }

    private static int failure(Screen screen, Exception failure) {
        if (failure instanceof RungException known) {
            screen.err().println(screen.errPaint().bad("error:") + " " + known.getMessage());
            return ExitCode.of(known).code();
        }
        screen.err()
                .println(screen.errPaint().bad("error:") + " something unexpected happened: "
                        + failure.getClass().getSimpleName()
                        + (failure.getMessage() == null ? "" : ": " + failure.getMessage()));
        Path details = writeDown(failure);
        if (details != null) {
            screen.err().println("  this is a fault in Rung; the details are in " + details);
        }
        return ExitCode.BUG.code();
    }

    private static @Nullable Path writeDown(Exception failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        try {
            Path file = Files.createTempFile("rung-fault-", ".txt");
            Files.writeString(file, trace.toString(), StandardCharsets.UTF_8);
            return file;
        } catch (IOException e) {
            return null; // then the message alone has to do
        }
    }
}
