package dev.rung.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The run that the build records, so that the JDK can keep what the usual commands load; see {@code bin/build}.
 *
 * <p>Climbs for a toy task in a folder of its own, and asks what came of it; that it has a home of its own keeps it from touching anybody's state.
 */
public final class Rehearsal {
    private static final int MESSAGES_A_LABEL = 120;
    private static final Map<String, List<List<String>>> WORDS = Map.of(
            "billing",
            List.of(
                    List.of("the invoice", "my bill", "this charge", "the refund", "a payment"),
                    List.of("is wrong", "was taken twice", "has not come", "looks too high", "shows the old price"),
                    List.of("for march", "on my card", "since monday", "for order nine", "this time", "again")),
            "delivery",
            List.of(
                    List.of("the parcel", "my package", "the courier", "our delivery", "the van"),
                    List.of("is late", "never arrived", "went next door", "has no tracking", "left no note"),
                    List.of("for days", "at my door", "since tuesday", "in the rain", "this week", "again")));

    private Rehearsal() {}

    /** @param arguments the folder to work in, which the caller deletes */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        String home = folder.resolve("home").toString();
        String task = task(folder.resolve("task")).toString();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Screen screen = Screen.of(nowhere, nowhere, true, true, Map.of());
        CommandLineProgram.run(screen, "--help");
        CommandLineProgram.run(screen, "--version");
        CommandLineProgram.run(screen, "no-such-command");
        CommandLineProgram.run(screen, "models", "--home", home);
        CommandLineProgram.run(screen, "climb", task, "--offline", "--home", home);
        CommandLineProgram.run(screen, "ask", "rehearsal", "the parcel is late", "--home", home);
        CommandLineProgram.run(screen, "ask", "rehearsal", "the parcel is late", "--home", home, "--json");
        CommandLineProgram.run(screen, "releases", "--home", home);
        CommandLineProgram.run(screen, "verify-certificate", "rehearsal-1", "--home", home);
        CommandLineProgram.run(screen, "report", "rehearsal", "--home", home);
    }

    private static Path task(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("task.yaml"), """
                task: rehearsal
                goal: Route a message.
                output:
                  labels: { billing: "", delivery: "" }
                examples: messages.csv
                bar: { accuracy: 0.5, confidence: 0.8 }
                data: local
                models: [gpt-5-nano] # which may not see local data: no model is asked
                """);
        StringBuilder rows = new StringBuilder("text,label\n");
        WORDS.forEach((label, parts) -> {
            for (int i = 0; i < MESSAGES_A_LABEL; i++) {
                rows.append(parts.get(0).get(i % 5)).append(' ');
                rows.append(parts.get(1).get(i / 5 % 5)).append(' ');
                rows.append(parts.get(2).get(i / 25 % 6))
                        .append(',')
                        .append(label)
                        .append('\n');
            }
        });
        Files.writeString(folder.resolve("messages.csv"), rows);
        return folder;
    }
}
